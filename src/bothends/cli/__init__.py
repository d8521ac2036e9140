"""The command line: commands, arguments, messages, exit codes."""
