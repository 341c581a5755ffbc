//! What the program is at, for whoever waits at a terminal: one line on standard error that is wiped once the work is done.
//!
//! Nothing is shown of work that takes less than a second, and nothing at all where standard error is no terminal. The
//! line is drawn by a thread of its own, so that the work itself looks at no clock.

use crate::workspace::Stage;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What is shorter is not shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const BEAT: Duration = Duration::from_millis(500);
/// Back to the beginning of the line, and wipe it.
const WIPE: &str = "\r\u{1b}[2K";

/// What the drawing thread is told.
#[derive(Debug)]
struct Told {
    stage: Stage,
    is_done: bool,
}

/// What is told, and that it changed.
type Line = (Mutex<Told>, Condvar);

/// Work that somebody may be waiting for. Dropped, it leaves the terminal as it was.
#[derive(Debug, Default)]
pub(super) struct Progress(Option<(Arc<Line>, JoinHandle<()>)>);

impl Progress {
    /// Work that begins now, shown on standard error if that is so.
    pub(super) fn begin(is_shown: bool) -> Self {
        if is_shown { Self::shown(io::stderr(), PATIENCE, BEAT) } else { Self::default() }
    }

    fn shown(out: impl Write + Send + 'static, patience: Duration, beat: Duration) -> Self {
        let told = Arc::new((Mutex::new(Told { stage: Stage::Reading, is_done: false }), Condvar::new()));
        let heard = Arc::clone(&told);
        // Where no thread can be had, the work goes on without a word.
        let thread =
            thread::Builder::new().name("progress".to_owned()).spawn(move || draw(&heard, out, patience, beat));
        Self(thread.ok().map(|thread| (told, thread)))
    }

    /// Says what comes now.
    pub(super) fn at(&self, stage: Stage) {
        if let Some((told, _)) = &self.0 {
            told.0.lock().unwrap_or_else(PoisonError::into_inner).stage = stage;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((told, thread)) = self.0.take() {
            told.0.lock().unwrap_or_else(PoisonError::into_inner).is_done = true;
            told.1.notify_one();
            let _ = thread.join();
        }
    }
}

/// Draws the line until the work is done. A terminal that has gone away is no fault of the work.
fn draw(heard: &Line, mut out: impl Write, patience: Duration, beat: Duration) {
    let (told, changed) = heard;
    let begun = Instant::now();
    let (mut wait, mut is_drawn) = (patience, false);
    loop {
        let guard = told.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(guard, wait, |told| !told.is_done);
        let (stage, is_done) = {
            let (told, _) = waited.unwrap_or_else(PoisonError::into_inner);
            (told.stage, told.is_done)
        };
        if is_done {
            if is_drawn {
                let _ = write!(out, "{WIPE}").and_then(|()| out.flush());
            }
            return;
        }
        let _ = write!(out, "{WIPE}{}, {} s", words(stage), begun.elapsed().as_secs()).and_then(|()| out.flush());
        (wait, is_drawn) = (beat, true);
    }
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "reading claims and rules",
        Stage::Grounding => "joining claims by rules",
        Stage::Deciding => "deciding what can be true at once",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }

        fn wait_for(&self, words: &str) {
            while !self.text().contains(words) {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    #[test]
    fn the_stages_of_long_work_are_shown_and_wiped() {
        let screen = Screen::default();
        let progress = Progress::shown(screen.clone(), Duration::ZERO, Duration::from_millis(1));
        screen.wait_for("reading claims and rules, 0 s");
        progress.at(Stage::Deciding);
        screen.wait_for("deciding what can be true at once, 0 s");
        drop(progress);
        assert!(screen.text().ends_with(WIPE));
    }

    #[test]
    fn nothing_is_shown_of_short_work() {
        let screen = Screen::default();
        drop(Progress::shown(screen.clone(), Duration::from_secs(60), BEAT));
        assert_eq!(screen.text(), "");
    }
}
