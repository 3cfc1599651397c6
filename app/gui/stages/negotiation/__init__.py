"""协商会议: the rounds side by side, the topic in hand, own bottom lines."""
