//! Validates DNS names, object names and namespaces.

/// Whether a text is a valid DNS name without a dot at its end. Labels of SRV names (`_http`) are allowed.
pub fn is_dns_name(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// Whether an object of the drawn kinds can have this name (an RFC 1123 subdomain). Such a name is one step of a path and never `..`.
pub fn is_object_name(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether a namespace can have this name (an RFC 1123 label).
pub fn is_namespace(text: &str) -> bool {
    text.len() <= 63 && is_label(text)
}

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_dns_may_have_what_an_object_s_may_not() {
        for (text, dns, object, namespace) in [
            ("web", true, true, true),
            ("web-0.shop", true, true, false),
            ("_http._tcp.web", true, false, false),
            ("Web", true, false, false),
            ("-web", false, false, false),
            ("web.", false, false, false),
            ("..", false, false, false),
            ("", false, false, false),
        ] {
            assert_eq!(
                (is_dns_name(text), is_object_name(text), is_namespace(text)),
                (dns, object, namespace),
                "{text}"
            );
        }
        let long = "a".repeat(64);
        assert!(!is_dns_name(&long) && !is_namespace(&long) && is_object_name(&long));
    }
}
