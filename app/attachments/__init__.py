"""Bytes on disk by SHA-256."""
