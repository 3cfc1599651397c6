"""SQLite behind SQLAlchemy; rows never leave."""
