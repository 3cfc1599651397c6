"""Pictures on their way into a paper."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import UserError


def readable_picture(data: bytes) -> tuple[bytes, int, int]:
    """Return JPEG or PNG bytes the right way up, with width and height in pixels.

    Raises:
        UserError: D-103, not a readable picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            turned = ImageOps.exif_transpose(picture) if picture.getexif().get(0x0112, 1) != 1 else None
            if turned is None and picture.format in ("JPEG", "PNG"):
                picture.load()
                return data, picture.width, picture.height
            upright = turned or picture.convert("RGB")
            out = io.BytesIO()
            upright.convert("RGB").save(out, "JPEG", quality=92)
            return out.getvalue(), upright.width, upright.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UserError(
            "有一张图片打不开，可能没有拷全或不是图片。",
            "其他材料不受影响，原来的文件没有动。",
            "请换一份完好的图片（JPG 或 PNG）再生成。",
            code="D-103",
        ) from error
