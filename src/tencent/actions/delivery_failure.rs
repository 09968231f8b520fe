//! The reasons why carriers do not deliver messages, by the codes in their reports.
//!
//! Sources: Tencent's table for messages overseas
//! (<https://www.tencentcloud.com/document/product/382/35462>) and for the mainland
//! (<https://cloud.tencent.com/document/product/382/3771>). The other codes are inferred: they are those of
//! China Mobile's gateways, whose meaning several Chinese providers document in the same way.

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

/// The codes of Tencent's tables, and then the inferred codes.
const CODES: &[(&str, DeliveryFailure)] = &[
    ("UNDELIV", Unreachable),
    ("EXPIRED", Unreachable),
    ("DELETED", Unreachable),
    ("REJECTD", Content),
    ("SUBFAIL", NoSuchNumber),
    ("COMFAIL", Carrier),
    ("WTNFAIL", Carrier),
    ("-106", Content),
    ("002", Unreachable),
    ("MK:0001", NoSuchNumber),
    ("MK:0115", Content),
    ("MI:0073", NoSuchNumber),
    ("MI:0210", NoSuchNumber),
    ("CB:0001", NoSuchNumber),
    ("CB:0005", Unreachable),
    ("CB:0007", Unreachable),
    ("CB:0053", NoSuchNumber),
    ("DB:0101", NoSuchNumber),
    ("DB:0102", Unreachable),
    ("DB:0142", TooFrequent),
    ("DB:0144", Blocked),
    ("ID:0076", Content),
    ("1", NoSuchNumber),
    ("5", Unreachable),
    ("12", NoSuchNumber),
];

/// The beginnings of the other inferred codes. The part of the network that reports `MK`, `MI` and `MN` is
/// the one that knows the phone. The others report errors between the carrier's own systems.
const FAMILIES: &[(&str, DeliveryFailure)] = &[
    ("MK", Unreachable),
    ("MI", Unreachable),
    ("MN", Unreachable),
    ("CA:", Carrier),
    ("CB:", Carrier),
    ("DA:", Carrier),
    ("IB:", Carrier),
    ("IC:", Carrier),
    ("MB:", Carrier),
];

/// The words of reports that describe the reason instead of naming a code.
const WORDS: &[(&str, DeliveryFailure)] = &[
    ("黑名单", Blocked),
    ("免打扰", Blocked),
    ("退订", Blocked),
    ("关键字", Content),
    ("关键词", Content),
    ("敏感词", Content),
    ("签名", Content),
    ("频率", TooFrequent),
    ("超频", TooFrequent),
    ("空号", NoSuchNumber),
    ("关机", Unreachable),
    ("停机", Unreachable),
    ("服务区", Unreachable),
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
            let row = table.iter().find(|(key, _)| applies(key));
            row.map(|(_, reason)| *reason)
        };
        reason(CODES, &|key| code == key)
            .or_else(|| reason(FAMILIES, &|key| code.starts_with(key)))
            .or_else(|| reason(WORDS, &|key| contains(code, key)))
    }
}
