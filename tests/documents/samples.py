"""Papers the renderers are tried on: an official letter, a form with long names, ballots to be cut."""

from __future__ import annotations

import io

from PIL import Image as Picture

from app.documents import blocks as b

RARE = "䶮㐆𬱖"
LONG_NAME = "沂蒙老区" * 15
MARKUP = "李<b>红</b>&amp;<para>"


def png(width: int = 120, height: int = 80) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (width, height), (10, 120, 200)).save(out, "PNG")
    return out.getvalue()


def letter() -> b.Document:
    claim = (b.Run("我方主张："), b.Run("由5,860元增加到6,328.80元", bold=True), b.Run("，增幅8.0%。"))
    return b.Document(
        "offer",
        "关于工资集体协商的要约书",
        (
            b.NumberLine(b.doc_number("鲁华工约", 2025, 1)),
            b.Title("关于开展2025年度工资专项集体协商的要约书"),
            b.Addressee("临沂华瑞机械有限公司"),
            b.body("根据《中华人民共和国工会法》《山东省企业工资集体协商条例》的规定，" * 9),
            b.heading1("一、协商的内容"),
            b.heading2("（一）职工年度平均工资水平"),
            b.body(claim),
            b.Paragraph("1. 一线职工", b.TextRole.HEADING_3),
            b.Paragraph("第一条　为规范工资集体协商行为，制定本合同。", b.TextRole.ARTICLE),
            b.body(f"首席代表：张{RARE}；其他代表：{MARKUP}、欧阳·买买提江、{LONG_NAME}。"),
            b.body("请于收到本要约书之日起10日内作出书面答复——“逾期视为拒绝”……" * 6),
            b.Attachments(("职工方协商代表名册", "工资调整主张的说明以及同行业同地区工资水平的比较情况")),
            b.Issuer(("临沂华瑞机械有限公司工会委员会",), "2025年4月3日"),
            b.CutLine(),
            b.KeyValues((b.KeyValue("收到时间"), b.KeyValue("收到人"), b.KeyValue("备注", span=2))),
        ),
        footer="留痕 第128条 a3f5c9d2",
    )


def form(people: int = 40) -> b.Document:
    rows: list[tuple[b.CellLike, ...] | b.Row] = [b.Row((b.Cell("职工方", colspan=4),), group=True)]
    rows += [(str(n), f"张{RARE}" if n % 9 else LONG_NAME, "=1+1", b.Cell("")) for n in range(1, people + 1)]
    rows += [(b.Cell("企业方", rowspan=2), "王建国", "经理", ""), ("赵铁柱", "会计", "")]
    columns = (b.Column(1, b.Align.CENTER), b.Column(2), b.Column(2), b.Column(2))
    return b.Document(
        "roster",
        "协商代表名册",
        (
            b.Title("工资集体协商双方代表名册"),
            b.KeyValues((b.KeyValue("企业名称", "华瑞"), b.KeyValue("意见", MARKUP, span=2, min_height=30))),
            b.Spacer(0.5),
            b.Table(columns, tuple(rows), (("序号", "姓名", "职务", "签名"),), note="注：签名栏本人签。"),
            b.SignatureArea(
                (
                    b.SignatureField("华瑞公司", "首席代表", with_seal=True, with_date=True),
                    b.SignatureField("华瑞公司工会委员会", "首席代表", name="张三", with_seal=True),
                ),
            ),
            b.SignatureArea((b.SignatureField("李四", "职工方代表"),), title="参会代表签字"),
            b.Boxes(("同意", "反对"), label="意见", checked=("同意",)),
            b.Image(png(), caption="会议照片"),
            b.Rule(),
            b.KeepTogether((b.heading1("一、留在一起"), b.body("这一段不与标题分开。"))),
            b.PageBreak(),
            b.AttachmentHead(1),
            b.remark("小字说明。"),
        ),
        page=b.FORM,
    )


def ballots(count: int = 10) -> b.Document:
    piece = (
        b.Title("表决票"),
        b.Paragraph("第三届职工代表大会第二次会议", b.TextRole.NOTE),
        b.Boxes(("同意", "反对", "弃权")),
        b.remark("说明：只选一项，多选的为无效票。"),
    )
    grid = b.Grid((piece,), columns=2, rows=4, count=count)
    return b.Document("ballot", "表决票", (grid,), page=b.BALLOT)
