//! As much of HTTP/1.1 as the canvas needs.

use std::io::{Read, Result, Write};

const LONGEST_HEAD: usize = 16 * 1024;
const LONGEST_BODY: usize = 1024;

pub struct Request {
    /// `GET` also for `HEAD`, to which the answer is the same without its body.
    pub method: String,
    pub path: String,
    pub wants_body: bool,
    pub keeps_alive: bool,
    body: String,
}

impl Request {
    /// A field of the form that was sent. None of ours needs decoding.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.body.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Reads a request; nothing when the visitor has left, a status when it is not one we understand.
/// What was received beyond it stays for the next.
pub fn read(stream: &mut impl Read, received: &mut Vec<u8>) -> Option<std::result::Result<Request, u16>> {
    let head_ends = loop {
        if let Some(at) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if received.len() > LONGEST_HEAD {
            return Some(Err(431));
        }
        if !read_more(stream, received) {
            return None;
        }
    };

    let head = String::from_utf8_lossy(&received[..head_ends]).into_owned();
    let length = match header(&head, "content-length").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(length)) if length <= LONGEST_BODY => length,
        Some(Ok(_)) => return Some(Err(413)),
        Some(Err(_)) => return Some(Err(400)),
    };
    // A body in pieces has no length that could be bounded beforehand.
    if header(&head, "transfer-encoding").is_some() {
        return Some(Err(411));
    }
    while received.len() < head_ends + 4 + length {
        if !read_more(stream, received) {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&received[head_ends + 4..head_ends + 4 + length]).into_owned();
    received.drain(..head_ends + 4 + length);
    Some(parse(&head, body))
}

fn parse(head: &str, body: String) -> std::result::Result<Request, u16> {
    let words: Vec<&str> = head.lines().next().unwrap_or("").split(' ').collect();
    match words[..] {
        [method, target, version] if version.starts_with("HTTP/1.") => Ok(Request {
            method: if method == "HEAD" { "GET" } else { method }.into(),
            path: target.split('?').next().unwrap_or("").into(),
            wants_body: method != "HEAD",
            keeps_alive: version == "HTTP/1.1" && !header(head, "connection").map_or(false, |value| value.eq_ignore_ascii_case("close")),
            body,
        }),
        _ => Err(400),
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).filter_map(|line| line.split_once(':')).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn read_more(stream: &mut impl Read, received: &mut Vec<u8>) -> bool {
    let mut buffer = [0; 4096];
    match stream.read(&mut buffer) {
        Ok(0) | Err(_) => false,
        Ok(count) => {
            received.extend_from_slice(&buffer[..count]);
            true
        }
    }
}

pub struct Response {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

impl Response {
    pub fn new(status: u16, kind: &'static str, body: Vec<u8>) -> Response {
        Response { status, kind, body }
    }

    pub fn text(status: u16, text: &str) -> Response {
        Response::new(status, "text/plain; charset=utf-8", text.into())
    }

    pub fn json(status: u16, text: &str) -> Response {
        Response::new(status, "application/json", text.into())
    }

    pub fn write(&self, stream: &mut impl Write, with_body: bool, goes_on: bool) -> Result<()> {
        let head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'self'; frame-ancestors 'none'; base-uri 'none'\r\n\r\n",
            self.status,
            reason(self.status),
            self.kind,
            self.body.len(),
            if goes_on { "keep-alive" } else { "close" }
        );
        let body: &[u8] = if with_body { &self.body } else { &[] };
        stream.write_all(&[head.as_bytes(), body].concat())
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        404 => "Not Found",
        405 => "Method Not Allowed",
        422 => "Unprocessable Entity",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Bad Request",
    }
}
