//! What a guide tells its reader to do, from its Markdown.

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// `sh`: commands, one a line.
    Commands(Vec<String>),
    /// `sh background=ADDRESS`: a command that goes on, and where it listens.
    Background { command: String, address: String },
    /// `toml file=PATH`: a file to write.
    File { path: String, content: String },
    /// `rust file=PATH`: a part of a file that is there.
    Quote { path: String, content: String },
}

/// The blocks of `markdown`, in order. One of an unknown kind would not be tried, so it fails the test.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(block(info, &content));
    }
    assert!(!blocks.is_empty());
    blocks
}

fn block(info: &str, lines: &[&str]) -> Block {
    let content = lines.join("\n") + "\n";
    match info.split_once(['=', ' ']).map_or((info, ""), |(kind, rest)| (kind, rest)) {
        ("sh", "") => Block::Commands(lines.iter().map(|line| (*line).to_owned()).collect()),
        ("sh", rest) => {
            let address = rest.strip_prefix("background=").expect("a background has an address");
            Block::Background { command: content.trim().to_owned(), address: address.to_owned() }
        }
        ("toml", rest) => Block::File { path: file(rest), content },
        ("rust", rest) => Block::Quote { path: file(rest), content },
        _ => panic!("nobody tries a block of the kind {info}"),
    }
}

fn file(rest: &str) -> String {
    rest.strip_prefix("file=").expect("it says of which file it is").to_owned()
}
