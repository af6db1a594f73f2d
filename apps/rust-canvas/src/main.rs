//! A canvas that visitors paint together, one square at a time.

mod canvas;
mod http;

use canvas::Canvas;
use http::{Request, Response};
use std::env;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::exit;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const MOST_VISITORS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(10);

/// The files that browsers get, read once: no part of a request is a path.
struct Page {
    path: &'static str,
    kind: &'static str,
    text: Vec<u8>,
}

struct Site {
    canvas: Mutex<Canvas>,
    pages: Vec<Page>,
    visitors: AtomicUsize,
}

fn main() {
    let port = env::var("PORT").unwrap_or_else(|_| "8000".into());
    let file = PathBuf::from(env::var("CANVAS_FILE").unwrap_or_else(|_| "canvas.txt".into()));
    let site = Arc::new(Site {
        canvas: Mutex::new(or_exit("The canvas cannot be read", Canvas::open(file))),
        pages: or_exit("The pages cannot be read", read_pages()),
        visitors: AtomicUsize::new(0),
    });

    let address = format!("0.0.0.0:{}", port);
    let listener = or_exit("The port cannot be listened on", TcpListener::bind(&address));
    println!("Listening on port {}.", port);
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        if site.visitors.fetch_add(1, Ordering::SeqCst) >= MOST_VISITORS {
            site.visitors.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        thread::spawn(move || {
            serve(&site, stream);
            site.visitors.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn read_pages() -> std::io::Result<Vec<Page>> {
    let page = |path, file, kind| fs::read(file).map(|text| Page { path, kind, text });
    Ok(vec![
        page("/", "public/index.html", "text/html; charset=utf-8")?,
        page("/canvas.css", "public/canvas.css", "text/css")?,
        page("/canvas.js", "public/canvas.js", "text/javascript")?,
        page("/icon.svg", "public/icon.svg", "image/svg+xml")?,
    ])
}

/// One connection: request after request, until the visitor leaves or is silent for too long.
fn serve(site: &Site, mut stream: TcpStream) {
    let prepared = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.set_write_timeout(Some(PATIENCE)))
        .and_then(|()| stream.set_nodelay(true));
    if prepared.is_err() {
        return;
    }
    let mut received = Vec::new();
    while let Some(request) = http::read(&mut stream, &mut received) {
        let (response, with_body, goes_on) = match request {
            Ok(request) => (answer(site, &request), request.wants_body, request.keeps_alive),
            Err(status) => (Response::text(status, "That is no request.\n"), true, false),
        };
        if response.write(&mut stream, with_body, goes_on).is_err() || !goes_on {
            return;
        }
    }
}

fn answer(site: &Site, request: &Request) -> Response {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/health") => match lock(site).check() {
            Ok(()) => Response::json(200, "{\"status\": \"ok\"}"),
            Err(problem) => {
                eprintln!("Not healthy: {}", problem);
                Response::json(503, "{\"status\": \"failing\"}")
            }
        },
        ("GET", "/squares") => {
            let canvas = lock(site);
            Response::json(200, &format!("{{\"strokes\": {}, \"squares\": \"{}\"}}", canvas.strokes(), canvas.squares()))
        }
        ("POST", "/squares") => paint(site, request),
        ("GET", path) => match site.pages.iter().find(|page| page.path == path) {
            Some(page) => Response::new(200, page.kind, page.text.clone()),
            None => Response::text(404, "There is nothing here.\n"),
        },
        _ => Response::text(405, "Not this way.\n"),
    }
}

fn paint(site: &Site, request: &Request) -> Response {
    let number = |name| request.field(name).and_then(|value| value.parse::<usize>().ok());
    let colour = request.field("colour").and_then(|value| value.chars().next());
    match (number("x"), number("y"), colour) {
        (Some(x), Some(y), Some(colour)) => match lock(site).paint(x, y, colour) {
            Ok(Some(before)) => Response::json(200, &format!("{{\"before\": \"{}\"}}", before)),
            Ok(None) => Response::json(422, "{\"problem\": \"There is no such square, or no such colour.\"}"),
            Err(problem) => {
                eprintln!("Not painted: {}", problem);
                Response::json(500, "{\"problem\": \"The canvas could not be kept.\"}")
            }
        },
        _ => Response::json(422, "{\"problem\": \"Give x, y and colour.\"}"),
    }
}

/// A thread that panicked ends the program (see Cargo.toml), so no lock is ever left poisoned.
fn lock(site: &Site) -> std::sync::MutexGuard<'_, Canvas> {
    site.canvas.lock().expect("nobody panics and lives")
}

fn or_exit<T>(what: &str, result: std::io::Result<T>) -> T {
    result.unwrap_or_else(|problem| {
        eprintln!("{}: {}", what, problem);
        exit(1)
    })
}
