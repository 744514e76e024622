//! `cargo xtask dev`: rebuild and restart after each edit.

use std::{
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};

use crate::{
    files, site,
    wasm::{self, Profile},
};

/// How often the sources are looked at: cheap for some hundred files, and sooner than a hand reaches the browser.
const LOOK: Duration = Duration::from_millis(300);

/// The sources of the site and of the server.
const SOURCES: [&str; 5] = ["app", "crates", "server", "style", "public"];

/// Builds site and server in their dev profiles, runs kubehop on the sandbox with `args` more, and does so again after
/// each edit. Ends with Ctrl-C only; a build that fails leaves the last good server running.
pub fn run(args: &[&str]) -> Result<()> {
    let mut server = Server { args, running: None };
    loop {
        let seen = sources();
        match site::build(Profile::Debug).and_then(|()| wasm::cargo(&["build", "-p", "server"])) {
            Ok(()) => {
                server.restart_if_new()?;
                println!("xtask: up to date; reload the page. Waiting for edits.");
            }
            Err(error) => eprintln!("xtask: {error:#}. Waiting for an edit that repairs it."),
        }
        while sources() == seen {
            server.tell_if_ended()?;
            thread::sleep(LOOK);
        }
    }
}

/// Each source with the time of its last change.
fn sources() -> Vec<(PathBuf, Option<SystemTime>)> {
    let root = files::root();
    let in_folders = SOURCES.iter().flat_map(|folder| files::walk(&root.join(folder)));
    let found = in_folders.chain([root.join("Cargo.toml"), root.join("Cargo.lock")]);
    found.map(|path| (path.clone(), files::modified(&path))).collect()
}

struct Server<'a> {
    args: &'a [&'a str],
    running: Option<(Child, Option<SystemTime>)>,
}

impl Server<'_> {
    /// Starts kubehop, in place of the one that runs if there is a newer binary. A debug server reads the site from the
    /// disk, so an edit of the styles needs no restart.
    fn restart_if_new(&mut self) -> Result<()> {
        let binary = files::target().join("debug/kubehop");
        let built = files::modified(&binary);
        if let Some((child, of)) = &mut self.running {
            if *of == built && child.try_wait()?.is_none() {
                return Ok(());
            }
            println!("xtask: restarting kubehop");
            // It may have ended by itself.
            let _ = child.kill();
            child.wait()?;
        }
        let child = Command::new(&binary)
            .arg("--sandbox")
            .args(self.args)
            .current_dir(files::root())
            .spawn()
            .with_context(|| format!("starting {}", binary.display()))?;
        self.running = Some((child, built));
        Ok(())
    }

    fn tell_if_ended(&mut self) -> Result<()> {
        if let Some((child, _)) = &mut self.running
            && let Some(status) = child.try_wait()?
        {
            eprintln!("xtask: kubehop ended ({status}); it starts again after the next edit.");
            self.running = None;
        }
        Ok(())
    }
}
