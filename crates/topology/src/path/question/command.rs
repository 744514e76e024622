//! Finds the destination of a command line that connects to something: `curl -sv http://web/`, `mysql -h db -P 3307`, `dig db.shop.svc A`.
//!
//! What can be meant in two ways is not guessed: a command through a proxy, or one with two destinations, has none.

/// The destination of a command, as text that the page reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// A URL.
    Url(String),
    /// A host with its port and the suffix of its protocol.
    Port(String, String, &'static str),
    /// A host that is pinged.
    Ping(String),
    /// A name that is looked up: all that follows `dns:`.
    Lookup(String),
}

/// What stands for a password.
const HIDDEN: &str = "***";

/// A program and its options that have a value. Letters are options like `-H`, which can stand together.
struct Program {
    names: &'static [&'static str],
    letters: &'static str,
    /// Letters whose value, if they have one, stands right behind them.
    attached: &'static str,
    words: &'static [&'static str],
    read: fn(&Arguments) -> Option<Called>,
}

const PROGRAMS: &[Program] = &[
    Program {
        names: &["curl"],
        letters: "AbcCdDeEFhHKmoPQrtTuUwxXyYzZ",
        attached: "",
        words: &[
            "connect-timeout",
            "connect-to",
            "cacert",
            "cert",
            "cookie",
            "data",
            "data-binary",
            "data-raw",
            "form",
            "header",
            "interface",
            "key",
            "max-time",
            "output",
            "proxy",
            "request",
            "resolve",
            "retry",
            "retry-delay",
            "retry-max-time",
            "url",
            "user",
            "user-agent",
            "write-out",
        ],
        read: curl,
    },
    Program {
        names: &["wget"],
        letters: "eoOTtUPQ",
        attached: "",
        words: &["header", "output-document", "output-file", "post-data", "timeout", "tries", "user-agent"],
        read: wget,
    },
    Program {
        names: &["nc", "ncat", "netcat"],
        letters: "eiIMmOpPqsTVwWxX",
        attached: "",
        words: &["proxy", "wait"],
        read: netcat,
    },
    Program {
        names: &["telnet"],
        letters: "blnSX",
        attached: "",
        words: &[],
        read: |it| it.positional_host(Some("23"), ""),
    },
    Program {
        names: &["ping", "ping6"],
        letters: "cFiIlmMpQsStTwW",
        attached: "",
        words: &["count", "interval", "ttl"],
        read: ping,
    },
    Program { names: &["nslookup"], letters: "", attached: "", words: &[], read: nslookup },
    Program { names: &["dig"], letters: "bcfkpqtxy", attached: "", words: &[], read: dig },
    Program { names: &["host"], letters: "cmNRtW", attached: "", words: &[], read: host },
    Program {
        names: &["mysql", "mariadb", "mysqladmin", "mysqldump"],
        letters: "DehPSu",
        attached: "p",
        words: &["connect-timeout", "database", "execute", "host", "port", "user"],
        read: |it| it.host_by_option('P', "3306"),
    },
    Program {
        names: &["psql", "pg_isready", "pg_dump"],
        letters: "cdfhopPUv",
        attached: "",
        words: &["command", "dbname", "file", "host", "port", "username"],
        read: psql,
    },
    Program {
        names: &["redis-cli"],
        letters: "adhinprsu",
        attached: "",
        words: &["pass", "user"],
        read: |it| it.option(&["u"]).map(Called::Url).or_else(|| it.host_by_option('p', "6379")),
    },
    Program {
        names: &["mongosh", "mongo"],
        letters: "pu",
        attached: "",
        words: &["eval", "host", "password", "port", "username"],
        read: |it| it.only(|word| word.contains("://")).map(Called::Url).or_else(|| it.host_by_option('\0', "27017")),
    },
    Program {
        names: &["grpcurl"],
        letters: "Hd",
        attached: "",
        words: &[
            "authority",
            "cacert",
            "cert",
            "connect-timeout",
            "import-path",
            "keepalive-time",
            "key",
            "max-time",
            "proto",
            "protoset",
            "servername",
            "user-agent",
        ],
        read: grpcurl,
    },
];

/// The destination of a command; `None` for a text that is none, or whose destination is not certain.
pub(super) fn called(text: &str) -> Option<Called> {
    let mut words = words(text);
    // What runs the command elsewhere, or measures it.
    if words.first().is_some_and(|first| first == "kubectl") && words.iter().any(|word| word == "exec") {
        let dashes = words.iter().position(|word| word == "--")?;
        words.drain(..=dashes);
    }
    while words.first().is_some_and(|word| matches!(word.as_str(), "sudo" | "time")) {
        words.remove(0);
    }
    let (name, rest) = words.split_first()?;
    let name = name.rsplit('/').next().unwrap_or(name);
    let program = PROGRAMS.iter().find(|program| program.names.contains(&name))?;
    (program.read)(&Arguments::read(program, rest))
}

/// A command line without passwords, as far as its options say what is one; `None` for a text that is no command.
pub(super) fn without_passwords(text: &str) -> Option<String> {
    let name = text.split_whitespace().next()?;
    let name = name.rsplit('/').next().unwrap_or(name);
    let program = PROGRAMS.iter().find(|program| program.names.contains(&name))?;
    let mut follows = false;
    let shown = text.split_whitespace().map(|word| {
        if std::mem::take(&mut follows) {
            return HIDDEN.to_owned();
        }
        match word.split_once('=') {
            Some((option, _)) if option.starts_with("--pass") => format!("{option}={HIDDEN}"),
            _ if word.starts_with("--pass")
                || (name == "redis-cli" && word == "-a")
                || (name == "curl" && word == "-u") =>
            {
                follows = true;
                word.to_owned()
            }
            _ if program.attached == "p" && word.starts_with("-p") && word.len() > 2 => format!("-p{HIDDEN}"),
            _ => word.to_owned(),
        }
    });
    Some(shown.collect::<Vec<_>>().join(" "))
}

/// The words of a command line up to a pipe or a second command, without their quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(letters.next().filter(|next| *next != '\n')),
            (None, '|' | ';' | '>' | '<' | '&') => break,
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// A command line, taken apart.
struct Arguments {
    /// Options with their value, or without one.
    options: Vec<(String, Option<String>)>,
    /// The other words.
    plain: Vec<String>,
}

impl Arguments {
    fn read(program: &Program, words: &[String]) -> Self {
        let mut all = Self { options: Vec::new(), plain: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let name = word.trim_start_matches('-');
            match word.len() - name.len() {
                _ if name.is_empty() => {}
                0 => all.plain.push(word.clone()),
                // A long option; some programs write it with one dash.
                _ if word.starts_with("--") || program.words.contains(&name) || name.contains('=') => {
                    let (name, value) = match name.split_once('=') {
                        Some((name, value)) => (name, Some(value.to_owned())),
                        None if program.words.contains(&name) => (name, words.next().cloned()),
                        None => (name, None),
                    };
                    all.options.push((name.to_owned(), value));
                }
                _ => all.short(program, name, &mut words),
            }
        }
        all
    }

    /// Letters that stand together: the first that has a value ends them.
    fn short<'w>(&mut self, program: &Program, letters: &str, words: &mut impl Iterator<Item = &'w String>) {
        for (at, letter) in letters.char_indices() {
            let rest = &letters[at + letter.len_utf8()..];
            if program.attached.contains(letter) {
                return;
            }
            if program.letters.contains(letter) {
                let value = if rest.is_empty() { words.next().cloned() } else { Some(rest.to_owned()) };
                self.options.push((letter.to_string(), value));
                return;
            }
            self.options.push((letter.to_string(), None));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(own, _)| own == name)
    }

    /// The last value of an option with one of these names.
    fn option(&self, names: &[&str]) -> Option<String> {
        let values = self.options.iter().filter(|(own, _)| names.contains(&own.as_str()));
        values.filter_map(|(_, value)| value.clone()).next_back()
    }

    /// The only plain word for which this holds.
    fn only(&self, holds: impl Fn(&str) -> bool) -> Option<String> {
        let mut found = self.plain.iter().filter(|word| holds(word));
        found.next().filter(|_| found.next().is_none()).cloned()
    }

    /// The plain words `HOST [PORT]`.
    fn positional_host(&self, default: Option<&str>, suffix: &'static str) -> Option<Called> {
        let (host, port) = match self.plain.as_slice() {
            [host, port] => (host, port.as_str()),
            [host] => (host, default?),
            _ => return None,
        };
        Some(Called::Port(host.clone(), port.to_owned(), suffix))
    }

    /// The options `-h HOST` and `-P PORT`, or as words.
    fn host_by_option(&self, port: char, default: &str) -> Option<Called> {
        let host = self.option(&["h", "host"])?;
        let port = self.option(&[&port.to_string(), "port"]).unwrap_or_else(|| default.to_owned());
        Some(Called::Port(host, port, ""))
    }
}

/// The URL, or a host without a scheme. Options that send the packet elsewhere leave no certain destination.
fn curl(it: &Arguments) -> Option<Called> {
    let is_elsewhere = ["x", "proxy", "resolve", "connect-to", "unix-socket", "socks5"].iter().any(|name| it.has(name));
    let url = it.option(&["url"]).or_else(|| it.only(|_| true)).filter(|_| !is_elsewhere)?;
    Some(Called::Url(if url.contains("://") { url } else { format!("http://{url}") }))
}

fn wget(it: &Arguments) -> Option<Called> {
    it.only(|_| true).map(|url| Called::Url(if url.contains("://") { url } else { format!("http://{url}") }))
}

fn netcat(it: &Arguments) -> Option<Called> {
    let is_elsewhere = it.has("x") || it.has("proxy") || it.has("l") || it.has("U");
    let suffix = if it.has("u") || it.has("udp") { "/udp" } else { "" };
    it.positional_host(None, suffix).filter(|_| !is_elsewhere)
}

fn ping(it: &Arguments) -> Option<Called> {
    it.only(|_| true).map(Called::Ping)
}

fn psql(it: &Arguments) -> Option<Called> {
    if let Some(url) = it.option(&["d", "dbname"]).into_iter().chain(it.plain.clone()).find(|word| word.contains("://"))
    {
        return Some(Called::Url(url));
    }
    it.host_by_option('p', "5432")
}

fn grpcurl(it: &Arguments) -> Option<Called> {
    let (host, port) = it.plain.iter().find_map(|word| word.rsplit_once(':'))?;
    Some(Called::Port(host.trim_matches(['[', ']']).to_owned(), port.to_owned(), ""))
}

/// A name, or an address whose name is looked up.
fn looked_up(name: &str, record: Option<&str>) -> Called {
    let is_ip = name.parse::<std::net::IpAddr>().is_ok();
    let record = if is_ip { Some("PTR") } else { record };
    Called::Lookup(format!("{name}{}", record.map(|record| format!("?{record}")).unwrap_or_default()))
}

/// `nslookup [-type=SRV] NAME [SERVER]`.
fn nslookup(it: &Arguments) -> Option<Called> {
    let record = it.option(&["type", "query", "q"]);
    Some(looked_up(it.plain.first()?, record.as_deref()))
}

/// `host [-t SRV] NAME [SERVER]`.
fn host(it: &Arguments) -> Option<Called> {
    Some(looked_up(it.plain.first()?, it.option(&["t"]).as_deref()))
}

/// `dig [@SERVER] NAME [TYPE] [+short]`. It reads no search list, so its names are complete.
fn dig(it: &Arguments) -> Option<Called> {
    if let Some(ip) = it.option(&["x"]) {
        return Some(looked_up(&ip, None));
    }
    let mut plain = it.plain.iter().filter(|word| !word.starts_with(['@', '+']));
    let name = it.option(&["q"]).or_else(|| plain.next().cloned())?;
    let record = it.option(&["t"]).or_else(|| plain.next().cloned());
    let complete = if name.ends_with('.') { name } else { format!("{name}.") };
    Some(looked_up(&complete, record.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(host: &str, port: &str) -> Option<Called> {
        Some(Called::Port(host.into(), port.into(), ""))
    }

    fn url(text: &str) -> Option<Called> {
        Some(Called::Url(text.into()))
    }

    fn lookup(text: &str) -> Option<Called> {
        Some(Called::Lookup(text.into()))
    }

    #[test]
    fn the_destination_of_a_command_is_found() {
        let udp = |host: &str, port: &str| Some(Called::Port(host.into(), port.into(), "/udp"));
        let ping = |host: &str| Some(Called::Ping(host.into()));
        for (text, expected) in [
            ("curl -sv -H 'Host: shop' http://web.shop/ --max-time 3", url("http://web.shop/")),
            ("curl 10.0.1.1:8080/healthz -o /dev/null -w '%{http_code}'", url("http://10.0.1.1:8080/healthz")),
            ("curl http://web:8080/ | head", url("http://web:8080/")),
            ("sudo curl --request POST web -d'{\"a\": 1}'", url("http://web")),
            ("kubectl -n shop exec deploy/web -- curl web", url("http://web")),
            ("kubectl exec -n shop -it web-0 -- curl -s db:80", url("http://db:80")),
            ("/usr/bin/wget -qO- --timeout=2 http://web/", url("http://web/")),
            ("nc -vz 192.168.0.2 30080", port("192.168.0.2", "30080")),
            ("nc -zv 10.0.1.1 80 -w 3", port("10.0.1.1", "80")),
            ("nc -vzuw3 10.96.0.10 53", udp("10.96.0.10", "53")),
            ("telnet fd00::1 80", port("fd00::1", "80")),
            ("ping -c 3 10.96.0.10", ping("10.96.0.10")),
            ("nslookup web.shop", lookup("web.shop")),
            ("nslookup -type=SRV _http._tcp.web.shop 10.96.0.10", lookup("_http._tcp.web.shop?SRV")),
            ("nslookup 10.0.1.1", lookup("10.0.1.1?PTR")),
            ("dig @10.96.0.10 web.shop.svc.cluster.local A +short", lookup("web.shop.svc.cluster.local.?A")),
            ("dig -t srv web.shop.svc.cluster.local.", lookup("web.shop.svc.cluster.local.?srv")),
            ("dig -x 10.0.1.1", lookup("10.0.1.1?PTR")),
            ("mysql -h db.shop -P 3307 -uroot -phidden shop", port("db.shop", "3307")),
            ("mysql --host=db -p -e 'select 1; select 2'", port("db", "3306")),
            ("psql -h db -p 5433 -U app shop", port("db", "5433")),
            (
                "psql 'postgres://app:secret@db.shop:5433/shop?sslmode=require'",
                url("postgres://app:secret@db.shop:5433/shop?sslmode=require"),
            ),
            ("redis-cli -h cache.shop -p 6380 -a secret ping", port("cache.shop", "6380")),
            ("redis-cli -u redis://:secret@cache:6379/0", url("redis://:secret@cache:6379/0")),
            ("mongosh --host db --port 27018", port("db", "27018")),
            ("grpcurl -plaintext -d '{}' greeter.shop:9090 list", port("greeter.shop", "9090")),
        ] {
            assert_eq!(called(text), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_meant_otherwise_has_no_destination() {
        for text in [
            "",
            "web.shop:80",
            "curl",
            "curl http://a http://b",
            "curl -x http://proxy:3128 http://web/",
            "curl --resolve web:80:10.0.1.1 http://web/",
            "nc -l 80",
            "nc web",
            "mysql shop",
            "ls -l web",
        ] {
            assert_eq!(called(text), None, "{text}");
        }
    }
}
