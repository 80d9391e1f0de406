//! Passwords: what is acceptable (NIST SP 800-63B-4) and how they are kept (argon2id, OWASP's figures).

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::clock::Entropy;
use crate::failure::Failure;
use crate::ui::fault::FieldFault;

/// Fewest characters of a password that is the only factor.
pub(crate) const SHORTEST: u32 = 15;
/// Most bytes that are hashed; nothing is cut off.
const LONGEST: u32 = 1024;
/// How many hashes are computed at once; each takes 19 MiB.
const AT_ONCE: usize = 2;
/// How many more may wait before people are asked to come back.
const WAITING: usize = 64;

/// Hashes and verifies, two at a time.
#[derive(Clone)]
pub(crate) struct Passwords {
    entropy: Arc<dyn Entropy>,
    turn: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// Verified against when there is no user, so that both cases cost the same.
    nobody: Arc<once_cell::sync::OnceCell<String>>,
}

impl Passwords {
    pub(crate) fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            entropy,
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            nobody: Arc::default(),
        }
    }

    /// The stored form of a password.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Failure> {
        let password = Zeroizing::new(password.to_owned());
        let entropy = self.entropy.clone();
        self.compute(move || make_hash(&*entropy, &password)).await?
    }

    /// Whether `password` is the one that `hash` was made of. Costs the same without a hash.
    pub(crate) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Failure> {
        if password.is_empty() || password.len() > LONGEST as usize {
            return Ok(false);
        }
        let password = Zeroizing::new(password.to_owned());
        let known = hash.map(str::to_owned);
        let this = self.clone();
        self.compute(move || {
            let hash = match &known {
                Some(hash) => hash.clone(),
                None => this.nobody.get_or_try_init(|| make_hash(&*this.entropy, "nobody's password"))?.clone(),
            };
            let parsed = PasswordHash::new(&hash).map_err(|_| Failure::new("a stored password hash is unreadable"))?;
            let right = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(right && known.is_some())
        })
        .await?
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let _place = self.queue.try_acquire().map_err(|_| Failure::busy("too many passwords are being checked"))?;
        let _turn = self.turn.acquire().await.map_err(|_| Failure::new("the password queue is closed"))?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Failure::new("the password hash panicked"))
    }
}

fn make_hash(entropy: &dyn Entropy, password: &str) -> Result<String, Failure> {
    // OWASP Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| Failure::new("argon2 parameters"))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = entropy.array::<16>();
    let hash =
        argon2.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| Failure::new("argon2 did not hash"))?;
    Ok(hash.to_string())
}

/// Whether a new password is acceptable for somebody with these names.
pub(crate) fn check_new(password: &str, names: &[&str]) -> Result<(), FieldFault> {
    if password.is_empty() {
        return Err(FieldFault::Required);
    }
    if password.len() > LONGEST as usize {
        return Err(FieldFault::TooLong(LONGEST));
    }
    if password.chars().count() < SHORTEST as usize {
        return Err(FieldFault::PasswordTooShort(SHORTEST));
    }
    if is_guessable(&super::names::fold(password), names) { Err(FieldFault::PasswordCommon) } else { Ok(()) }
}

/// Long passwords that are guessed first: one pattern repeated, a run of neighbours, or mostly a name.
fn is_guessable(password: &str, names: &[&str]) -> bool {
    let letters: Vec<char> = password.chars().collect();
    let repeated = (1..=letters.len() / 2).any(|period| letters.iter().zip(&letters[period..]).all(|(a, b)| a == b));
    let neighbours = |step: i64| {
        letters.windows(2).all(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == step)
    };
    let names = names.iter().map(|name| super::names::fold(name)).chain(["gatehouse".into(), "password".into()]);
    let of_name = names.filter(|name| name.len() >= 4).any(|name| {
        let rest = password.replace(&name, "");
        rest.len() < password.len() && rest.chars().filter(|c| c.is_alphabetic()).count() < 4
    });
    repeated || neighbours(1) || neighbours(-1) || of_name
}
