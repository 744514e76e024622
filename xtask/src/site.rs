//! `cargo xtask site`: builds all files that a browser loads into `target/site`.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    compress,
    files::{self, Tree},
    style, supply,
    wasm::{self, Profile},
    words,
};

/// Builds the site: WASM and glue as `pkg/kubehop.{wasm,js}`, lazy parts as `pkg/PART.VERSION.wasm` (in a release), styles as `pkg/kubehop.css`, the texts of each language as
/// `pkg/words.LANGUAGE.ftl`, the files of `public/` at the root, a release's
/// bill of materials and notices, and the compressed siblings of all. An unchanged file is not written.
pub fn build(profile: Profile) -> Result<()> {
    // Created first, so that a server that is built after a failure finds the folder.
    fs::create_dir_all(files::site())?;
    if profile == Profile::Release {
        wasm::optimiser()?;
    }
    let (module, compiled) = timed(|| wasm::compile(profile))?;
    let (mut tree, bound) = timed(|| packed_app(&module, profile))?;
    let (rest, styled) = timed(|| packed_rest(profile))?;
    tree.extend(rest);
    files::write_tree(&files::site(), &tree)?;
    fs::write(marker(), profile.name())?;
    println!(
        "xtask: target/site ({}): cargo {:.1} s, WASM {:.1} s, styles, texts and icons {:.1} s",
        profile.name(),
        compiled.as_secs_f32(),
        bound.as_secs_f32(),
        styled.as_secs_f32()
    );
    Ok(())
}

/// The profile of the present `target/site`; `None` if nothing was built.
pub fn built() -> Option<Profile> {
    let name = fs::read_to_string(marker()).ok()?;
    [Profile::Debug, Profile::Release].into_iter().find(|profile| profile.name() == name)
}

fn marker() -> PathBuf {
    files::root().join("target/site.profile")
}

/// WASM and glue with their siblings. They are cached per profile and made again only for another module, because this is most of the
/// work after cargo's.
fn packed_app(module: &Path, profile: Profile) -> Result<Tree> {
    let kept = files::target().join("xtask").join(profile.name());
    let stamp = kept.with_extension("hash");
    let hash = fingerprint(module)?;
    if fs::read_to_string(&stamp).is_ok_and(|old| old == hash) {
        return files::read_tree(&kept);
    }
    let glue = kept.join("pkg");
    if kept.exists() {
        fs::remove_dir_all(&kept)?;
    }
    wasm::bind(module, &glue, profile)?;
    let tree = with_siblings(files::read_tree(&kept)?, profile)?;
    files::write_tree(&kept, &tree)?;
    fs::write(&stamp, hash)?;
    Ok(tree)
}

/// Styles, texts, icons and their siblings.
fn packed_rest(profile: Profile) -> Result<Tree> {
    let mut tree = files::read_tree(&files::root().join("public"))?;
    let mut style = style::bundle(&files::root().join("style/main.css"))?;
    if profile == Profile::Release {
        style = wasm::minified(&style)?;
        tree.extend(supply::documents()?);
    }
    tree.insert("pkg/kubehop.css".into(), style.into_bytes());
    for (language, texts) in words::languages(&files::root().join("crates/words/texts"))? {
        tree.insert(format!("pkg/words.{language}.ftl").into(), texts.into_bytes());
    }
    with_siblings(tree, profile)
}

fn with_siblings(mut tree: Tree, profile: Profile) -> Result<Tree> {
    let mut siblings = Tree::new();
    for (name, content) in &tree {
        siblings.extend(compress::siblings(name, content, profile)?);
    }
    tree.append(&mut siblings);
    Ok(tree)
}

/// A hash of the module, of xtask itself, and of the npm packages.
fn fingerprint(module: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    fs::read(module).with_context(|| format!("reading {}", module.display()))?.hash(&mut hasher);
    std::env::current_exe().ok().and_then(|xtask| files::modified(&xtask)).hash(&mut hasher);
    fs::read(files::root().join("end2end/package-lock.json")).ok().hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    #[expect(clippy::disallowed_methods, reason = "a build tool never runs in the browser")]
    let start = std::time::Instant::now();
    Ok((work()?, start.elapsed()))
}
