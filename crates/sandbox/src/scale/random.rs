//! Pseudorandom numbers that are the same in every run.

/// SplitMix64 (Steele, Lea, Flood 2014): small, and random enough for a sandbox.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        // The high half of the product of two 32-bit numbers is below both of them.
        (((self.next() >> 32) * u64::from(end)) >> 32) as u32
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(u32::try_from(last + 1).unwrap_or(u32::MAX));
            items.swap(last, other as usize);
        }
    }
}

/// A uid in the form of a version 4 UUID, for the `number`th object of a kind.
pub(super) fn uid(sort: &str, number: u32) -> String {
    let sort = sort.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let mut random = Random::new((sort << 32) ^ u64::from(number));
    let (high, low) = (random.next(), random.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// The alphabet of generated names, which has no vowels (`apimachinery/pkg/util/rand`).
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// The last five characters of a generated name: different for each number (up to 14 million) of one seed.
pub(super) fn suffix(seed: u64, number: u32) -> String {
    const ALL: u64 = 27_u64.pow(5);
    // STEP is coprime to ALL, so the product takes each remainder once.
    const STEP: u64 = 7_654_321;
    letters((Random::new(seed).next() % ALL + u64::from(number) % ALL * STEP) % ALL, 5)
}

/// The hash in the name of a ReplicaSet.
pub(super) fn template_hash(seed: u64) -> String {
    letters(Random::new(!seed).next(), 10)
}

fn letters(mut rest: u64, count: usize) -> String {
    let letter = |_| {
        let letter = ALPHABET[(rest % 27) as usize];
        rest /= 27;
        char::from(letter)
    };
    (0..count).map(letter).collect()
}
