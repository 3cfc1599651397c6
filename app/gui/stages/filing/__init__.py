"""签订与报审备案: dates that follow, and the papers that go to the authority as a check list."""
