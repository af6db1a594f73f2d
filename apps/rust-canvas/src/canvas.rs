//! The squares, and the file they are kept in.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::PathBuf;

pub const SIDE: usize = 24;

/// What a square may be: a letter for each colour of canvas.css.
const COLOURS: &str = "abcdefgh";

const BLANK: char = 'a';

pub struct Canvas {
    file: PathBuf,
    squares: Vec<char>,
    strokes: u64,
}

impl Canvas {
    /// Reads the file, or begins a blank canvas when there is none.
    pub fn open(file: PathBuf) -> Result<Canvas> {
        if !file.exists() {
            let canvas = Canvas { file, squares: vec![BLANK; SIDE * SIDE], strokes: 0 };
            canvas.save(&canvas.squares, 0)?;
            return Ok(canvas);
        }
        let (squares, strokes) = parse(&fs::read_to_string(&file)?)?;
        Ok(Canvas { file, squares, strokes })
    }

    pub fn squares(&self) -> String {
        self.squares.iter().collect()
    }

    pub fn strokes(&self) -> u64 {
        self.strokes
    }

    /// Paints a square, and says what it was; nothing when there is no such square or colour.
    pub fn paint(&mut self, x: usize, y: usize, colour: char) -> Result<Option<char>> {
        if x >= SIDE || y >= SIDE || !COLOURS.contains(colour) {
            return Ok(None);
        }
        let mut painted = self.squares.clone();
        let before = std::mem::replace(&mut painted[y * SIDE + x], colour);
        // The file first: a full disk changes nothing.
        self.save(&painted, self.strokes + 1)?;
        self.squares = painted;
        self.strokes += 1;
        Ok(Some(before))
    }

    /// Does the file say the same?
    pub fn check(&self) -> Result<()> {
        let (squares, strokes) = parse(&fs::read_to_string(&self.file)?)?;
        if squares == self.squares && strokes == self.strokes {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::InvalidData, "the file holds another canvas"))
        }
    }

    /// Replaces the file as a whole: who reads it sees the old canvas or the new one.
    fn save(&self, squares: &[char], strokes: u64) -> Result<()> {
        let draft = self.file.with_extension("draft");
        let mut text = File::create(&draft)?;
        for row in squares.chunks(SIDE) {
            writeln!(text, "{}", row.iter().collect::<String>())?;
        }
        writeln!(text, "{}", strokes)?;
        text.sync_all()?;
        fs::rename(draft, &self.file)
    }
}

fn parse(text: &str) -> Result<(Vec<char>, u64)> {
    let lines: Vec<&str> = text.lines().collect();
    let squares: Vec<char> = lines.iter().take(SIDE).flat_map(|row| row.chars()).collect();
    let strokes = lines.get(SIDE).and_then(|line| line.parse().ok());
    match strokes {
        Some(strokes) if squares.len() == SIDE * SIDE && squares.iter().all(|square| COLOURS.contains(*square)) => Ok((squares, strokes)),
        _ => Err(Error::new(ErrorKind::InvalidData, "this is no canvas")),
    }
}
