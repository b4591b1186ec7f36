"""Rows of tables, as they stand in the annexes of policies; long enough to run over a page."""

from __future__ import annotations

Rows = list[tuple[str, ...]]

_FEES = (
    ("Registration of a new holder", "Licensing Office", "120 crowns"),
    ("Change of address or of the responsible person", "Licensing Office", "15 crowns"),
    ("Renewal within the time allowed", "District Office", "80 crowns"),
    ("Renewal up to three months late, with the written reasons of the holder", "District Office", "160 crowns"),
    ("Duplicate of a certificate that was lost or damaged", "Licensing Office", "25 crowns"),
    ("Inspection of premises of up to 200 square metres", "Inspection Service", "310 crowns"),
    ("Inspection of larger premises, for every further 100 square metres begun", "Inspection Service", "45 crowns"),
    ("Second inspection after defects have been mended", "Inspection Service", "150 crowns"),
    ("Written opinion on the class of a product", "Technical Board", "540 crowns"),
    ("Oral hearing asked for by the applicant", "Technical Board", "free of charge"),
    ("Translation of foreign papers, for each page", "Licensing Office", "18 crowns"),
    ("Certified copy from the register", "Register Court", "12 crowns"),
    ("Deposit for temporary imports, paid back on return", "Customs Service", "2,000 crowns"),
    ("Weighing and sealing of containers", "Customs Service", "36 crowns"),
    ("Laboratory test of a sample, standard method", "State Laboratory", "95 crowns"),
    ("Laboratory test of a sample, method agreed with the applicant in advance", "State Laboratory", "210 crowns"),
    ("Safekeeping of samples beyond 90 days, for each month", "State Laboratory", "8 crowns"),
    ("Appeal to the Minister", "Ministry", "60 crowns"),
    ("Withdrawal of an application before it is decided", "Licensing Office", "half the fee"),
    ("Extension of a period set by the Office", "Licensing Office", "20 crowns"),
    ("Training course for responsible persons, two days", "Technical Board", "275 crowns"),
    ("Examination after the course, first attempt", "Technical Board", "70 crowns"),
    ("Examination after the course, further attempts", "Technical Board", "105 crowns"),
    ("Notice in the Official Gazette", "Ministry", "at cost"),
    ("Entry of a branch in another district", "District Office", "55 crowns"),
    ("Transfer of a licence to an heir", "District Office", "30 crowns"),
)
_RATES = (
    ("首台（套）重大技术装备", "不超过售价的30%", "500万元", "市工业和信息化局"),
    ("智能化改造项目", "设备投资的12%", "300万元", "市工业和信息化局"),
    ("绿色工厂", "一次性奖励", "50万元", "市生态环境局"),
    ("企业技术中心（国家级）", "一次性奖励", "200万元", "市发展和改革委员会"),
    ("企业技术中心（省级）", "一次性奖励", "80万元", "市发展和改革委员会"),
    ("重点实验室开放课题", "经费的40%", "20万元", "市科学技术局"),
    ("科技成果转化", "技术合同实际到账额的5%", "100万元", "市科学技术局"),
    ("发明专利年费", "第七年起全额", "不设上限", "市市场监督管理局"),
    ("马德里体系商标国际注册", "注册费的50%", "10万元", "市市场监督管理局"),
    ("主导制定国际标准", "一次性奖励", "60万元", "市市场监督管理局"),
    ("参与制定行业标准", "一次性奖励", "15万元", "市市场监督管理局"),
    ("岗前培训", "每人600元", "每家企业30万元", "市人力资源和社会保障局"),
    ("高技能人才研修", "每人2400元", "每家企业60万元", "市人力资源和社会保障局"),
    ("见习补贴", "每人每月1500元", "十二个月", "市人力资源和社会保障局"),
    ("外贸展位费", "展位费的70%", "每个展会6万元", "市商务局"),
    ("出口信用保险", "保费的45%", "80万元", "市商务局"),
    ("冷链仓储设施", "设备投资的20%", "150万元", "市农业农村局"),
    ("农产品质量追溯系统", "建设费用的50%", "25万元", "市农业农村局"),
    ("屋顶光伏", "每千瓦时0.1元，连续三年", "100万元", "市发展和改革委员会"),
    ("充电站", "每千瓦200元", "每站40万元", "市交通运输局"),
    ("城市配送车辆更新", "每辆8000元", "每家企业80万元", "市交通运输局"),
    ("古建筑修缮", "核定费用的60%", "90万元", "市文化广电和旅游局"),
    ("公共图书馆延伸服务点", "每处3万元", "每区30万元", "市文化广电和旅游局"),
    ("社区养老服务站", "每处12万元", "每区120万元", "市民政局"),
)


def fees(count: int = len(_FEES), *, first: int = 0) -> Rows:
    """A schedule of fees in English: item, act, authority, fee."""
    rows = [*_FEES[first:], *_FEES[:first]][:count]
    return [("Item", "Act", "Authority", "Fee"), *((str(at), *row) for at, row in enumerate(rows, 1))]


def rates(count: int = len(_RATES), *, first: int = 0) -> Rows:
    """A table of subsidies in Chinese: number, project, rate, highest amount, authority."""
    rows = [*_RATES[first:], *_RATES[:first]][:count]
    return [
        ("序号", "项目", "补助比例或标准", "最高限额", "受理部门"),
        *((str(at), *r) for at, r in enumerate(rows, 1)),
    ]
