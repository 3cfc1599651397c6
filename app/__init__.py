"""集体协商工作台: one union's yearly collective bargaining, from survey to fulfilment, offline."""

__version__ = "0.1.0"
