"""What the business is: frozen records and pure functions; standard library only."""
