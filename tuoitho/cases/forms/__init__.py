"""What the screens of the room may send. Shape only: what may be is decided in actions."""
