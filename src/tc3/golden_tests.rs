//! Golden tests of every step, against Tencent's published samples and requests that Tencent's own SDK
//! signed.
//!
//! `tests/vectors/` has one folder per case and one file per step, so that a wrong byte fails at the
//! step that made it. `tests/vectors/README.md` gives the source of each case.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{
    CanonicalHeaders, CanonicalRequest, CredentialScope, Credentials, SecretId, SecretKey,
    Sha256Digest, StringToSign, Timestamp, authorize,
};

/// `context.json`: the input of the signer, except the body, which is in `payload.txt`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Context {
    secret_id: String,
    secret_key: String,
    timestamp: u64,
    service: String,
    headers: Vec<(String, String)>,
}

struct Case {
    folder: PathBuf,
    context: Context,
}

impl Case {
    fn file(&self, name: &str) -> String {
        let path = self.folder.join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn assert_step(&self, name: &str, made: &str) {
        assert_eq!(
            made,
            self.file(name),
            "{}",
            self.folder.join(name).display()
        );
    }
}

fn cases() -> Vec<Case> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut folders: Vec<_> = fs::read_dir(vectors)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let context = fs::read_to_string(folder.join("context.json")).unwrap();
            let context = serde_json::from_str(&context)
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            Case { folder, context }
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_step_of_every_case_matches_the_published_bytes() {
    let cases = cases();
    assert_eq!(cases.len(), 12, "folders in tests/vectors");
    for case in &cases {
        let context = &case.context;
        let request = CanonicalRequest {
            http_request_method: "POST",
            canonical_uri: "/",
            canonical_query_string: "",
            canonical_headers: CanonicalHeaders::new(
                context
                    .headers
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            ),
            hashed_request_payload: Sha256Digest::of(case.file("payload.txt").as_bytes()),
        };
        case.assert_step("canonical-request.txt", &request.to_string());

        let timestamp = Timestamp::from_seconds(context.timestamp);
        let string_to_sign = StringToSign {
            timestamp,
            credential_scope: CredentialScope {
                date: timestamp.utc_date(),
                service: &context.service,
            },
            hashed_canonical_request: Sha256Digest::of(request.to_string().as_bytes()),
        };
        case.assert_step("string-to-sign.txt", &string_to_sign.to_string());

        let credentials = Credentials {
            secret_id: SecretId::new(context.secret_id.clone()),
            secret_key: SecretKey::new(context.secret_key.clone()),
            token: None,
        };
        let secret_date = credentials.secret_key.secret_date(timestamp.utc_date());
        case.assert_step("secret-date.txt", &hex(secret_date.0.as_slice()));
        let secret_service = secret_date.secret_service(&context.service);
        case.assert_step("secret-service.txt", &hex(secret_service.0.as_slice()));
        let secret_signing = secret_service.secret_signing();
        case.assert_step("secret-signing.txt", &hex(secret_signing.0.as_slice()));

        let authorization = authorize(&request, &context.service, timestamp, &credentials);
        case.assert_step("authorization.txt", &authorization.to_string());
    }
}
