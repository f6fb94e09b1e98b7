"""What every screen shares: page frame, lists, forms, formats, charts and maps."""
