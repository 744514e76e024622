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

/// Interval at which the sources are checked: cheap for some hundred files, and shorter than a person needs to reach the browser.
const CHECK_INTERVAL: Duration = Duration::from_millis(300);

/// The sources of the site and of the server.
const SOURCES: [&str; 5] = ["app", "crates", "server", "style", "public"];

/// Builds site and server in their dev profiles, runs kubehop on the sandbox with these further arguments, and repeats this after each
/// edit. It ends with Ctrl-C only; after a failed build the last good server keeps running.
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
            server.report_exit()?;
            thread::sleep(CHECK_INTERVAL);
        }
    }
}

/// Each source file with the time of its last change.
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
    /// Starts kubehop. A running one is replaced if there is a newer binary. A debug server reads the site from the disk, so an edit of
    /// the styles needs no restart.
    fn restart_if_new(&mut self) -> Result<()> {
        let binary = files::target().join("debug/kubehop");
        let built = files::modified(&binary);
        if let Some((child, of)) = &mut self.running {
            if *of == built && child.try_wait()?.is_none() {
                return Ok(());
            }
            println!("xtask: restarting kubehop");
            // The child may have ended by itself.
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

    fn report_exit(&mut self) -> Result<()> {
        if let Some((child, _)) = &mut self.running
            && let Some(status) = child.try_wait()?
        {
            eprintln!("xtask: kubehop ended ({status}); it starts again after the next edit.");
            self.running = None;
        }
        Ok(())
    }
}
