//! Threads that nobody can stop any more.

/// The lowest priority of a thread that still runs now and then.
const LOWEST: libc::c_int = 19;

/// What the system calls the calling thread.
pub(super) fn own_id() -> libc::id_t {
    // SAFETY: gettid takes nothing and always succeeds.
    unsafe { libc::gettid() }.cast_unsigned()
}

/// Lets everybody else go before this thread of ours from now on. It hangs, perhaps in a loop; so it gets what is left
/// over.
pub(super) fn step_back(thread: libc::id_t) {
    // SAFETY: setpriority takes three numbers. On Linux, a thread has a priority of its own (`setpriority(2)`), and
    // lowering it needs no right. If the thread is gone, nothing happens.
    unsafe { libc::setpriority(libc::PRIO_PROCESS, thread, LOWEST) };
}
