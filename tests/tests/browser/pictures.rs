//! The pictures of the README, made again with `GATEHOUSE_SCREENSHOTS=1 cargo xtask test browser::pictures`.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use gatehouse_tests::World;
use gatehouse_tests::chromium::{Browser, Look};

use super::words::Words;
use super::sign_in_as_administrator;
