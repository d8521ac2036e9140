"""How lists are paged: stated by the configuration or the document, else inferred from its shapes."""
