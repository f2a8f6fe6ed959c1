"""The promises of reliability and security, each measured against the real program: `dev.py trust`."""
