"""What the stages have to say to the user: the values, the codes, and how they are shown."""
