//! The reasons why carriers do not deliver messages, by the codes in their reports.
//!
//! Sources: Tencent's tables of receipt codes for the mainland
//! (<https://cloud.tencent.com/document/product/382/59177>) and overseas
//! (<https://www.tencentcloud.com/document/product/382/35462>). They have more than a thousand codes. Those
//! for which the family of codes gives a wrong reason are listed here, and those that are common.

/// The usual reason behind a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryFailure {
    /// The phone is off, out of reach or full, or its number is suspended.
    Unreachable,
    /// Nobody has the number.
    NoSuchNumber,
    /// The carrier blocks the text, its signature or its sender.
    Content,
    /// The number is on a block list.
    Blocked,
    /// The number got too many messages.
    TooFrequent,
    /// A part of the carrier's network failed.
    Carrier,
}

use DeliveryFailure::{Blocked, Carrier, Content, NoSuchNumber, TooFrequent, Unreachable};

/// The codes of Tencent's tables by their reason.
const CODES: &[(&str, DeliveryFailure)] = &[
    (
        "SUBFAIL MK:0000 MK:0001 MK00001 MK:0012 MK:0013 CB:0001 CB:0047 CB:0053 ERR_NUM 1 24 61 67 95 101 \
         9998 -9203 -1017 -108 00202",
        NoSuchNumber,
    ),
    (
        "002 OVERDUE BLACK0 CB:0013 CB:0015 DB:0100 DB:0101 DB:0102 DB:0103 DB:0111 DB:0115 DB:0116 DB:0117 \
         DB:0118 DB:0119 IB:0064 IC:0151 MB:1031 MB:1042 4 5 10 12 15 20 43 45 50 51 53 54 55 56 70 79 \
         86 88 89 93 98 99 105 124 182 213 219 904 9992 9994 9997 -100 -13 -9990 001",
        Unreachable,
    ),
    (
        "-106 -96 -1021 -1050 -9211 -9222 -9223 76 115 KEYWORD CONTENT CHECK ADTFAIL AICHECK BST-210 ERR-210 \
         DB00141 IC-0054 SC:0001 XZ:0000 BD:0003 TC:0007 TE:0014 YX:9006 TX:2000 TX:2001 TX:2002 TX:2003 \
         CJ:0007 CJ:0008 MX:0004 MX:0005",
        Content,
    ),
    (
        "MX:0011 MX:0012 MX:0013 TC:0001 TD:0001 TD:19 TSBLACK WX-FAIL W-BLACK SME13 ER:101 ERR-209 TUIDING \
         HIGRISK HD:19 BLKLIST MB:1077 DB:0104 DB:0141 DB:0144 DB00144 DB:0164 XA:0139 69 144 1077 -14 -104 \
         -1005 -1012",
        Blocked,
    ),
    (
        "MX:0003 TE:0003 DISTURB XA:0100 BD:0001 CJ:0006 CJ:007 CB:0010 C100106 145 -94 -9231 -9233 -9234 -9235 \
         -9236",
        TooFrequent,
    ),
    (
        "COMFAIL WTNFAIL TE:0002 TX:3000 TX:3001 NOROUTE BEYONDN MX:0002 7 188",
        Carrier,
    ),
];

/// The beginnings of the other codes. Tencent explains that codes with `M` at the beginning mostly have to do
/// with the phone. For the other families, it is inferred from the reasons of most of their codes.
const FAMILIES: &[(&str, DeliveryFailure)] = &[
    ("UNDELIV EXPIRED DELETED MK MI MN MC", Unreachable),
    ("REJECT", Content),
    ("BWLIST", Blocked),
    ("MA: MB: IA: IB: IC: ID: CA: CB: DA: DB:", Carrier),
];

/// The words of reports that describe the reason instead of naming a code.
const WORDS: &[(&str, DeliveryFailure)] = &[
    ("黑名单 免打扰 退订", Blocked),
    ("关键字 关键词 敏感词 签名", Content),
    ("频率 超频 上限", TooFrequent),
    ("空号", NoSuchNumber),
    ("关机 停机 服务区", Unreachable),
];

/// Returns true if `text` contains `word`. The search of the standard library would add 5 KB of wasm.
fn contains(text: &str, word: &str) -> bool {
    let mut parts = text.as_bytes().windows(word.len());
    parts.any(|part| part == word.as_bytes())
}

impl DeliveryFailure {
    /// Returns the usual reason behind the description in a carrier's report, or `None` for a description
    /// without a known meaning.
    pub fn of(description: &str) -> Option<Self> {
        let code = description.trim();
        let reason = |table: &[(&str, Self)], applies: &dyn Fn(&str) -> bool| {
            let mut rows = table.iter();
            let row = rows.find(|(keys, _)| keys.split(' ').any(applies));
            row.map(|(_, reason)| *reason)
        };
        reason(CODES, &|key| code == key)
            .or_else(|| reason(FAMILIES, &|key| code.starts_with(key)))
            .or_else(|| reason(WORDS, &|key| contains(code, key)))
    }
}
