"""Locks for libraries that serve one thread at a time in the whole process."""

from __future__ import annotations

import threading

REPORTLAB = threading.RLock()
"""reportlab keeps fonts and settings in module globals."""

PDFIUM = threading.RLock()
"""PDFium must not be entered by two threads, whatever document each works on."""
