"""The rules of the house as tests: each rule finds nothing in the house and does find a made-up breach."""
