//! The compact protocol of Thrift, as far as it is needed to look at the headers of a Parquet file before they are trusted.
//!
//! Everything is read from a slice and nothing is made room for, so that a header costs no more than its bytes. `None` means
//! that the bytes are no such thing.

/// No header is nested deeper.
const DEEPEST: usize = 32;

/// The type of a field, or of the elements of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    True,
    False,
    Byte,
    Integer,
    Double,
    Binary,
    List,
    Map,
    Struct,
    Uuid,
}

impl Type {
    fn of(code: u8) -> Option<Self> {
        Some(match code {
            1 => Self::True,
            2 => Self::False,
            3 => Self::Byte,
            4..=6 => Self::Integer,
            7 => Self::Double,
            8 => Self::Binary,
            9 | 10 => Self::List,
            11 => Self::Map,
            12 => Self::Struct,
            13 => Self::Uuid,
            _ => return None,
        })
    }
}

/// Bytes that are read from front to back.
pub(super) struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Thrift<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub fn position(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    fn pass(&mut self, count: usize) -> Option<()> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len())?;
        self.at = end;
        Some(())
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).wrapping_shl(shift);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A whole number of any width.
    pub fn integer(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        let magnitude = i64::try_from(number >> 1).ok()?;
        Some(if number & 1 == 1 { !magnitude } else { magnitude })
    }

    /// The number of a field of this type; none if it is of another.
    pub fn number(&mut self, of: Type) -> Option<i64> {
        if of == Type::Integer { self.integer() } else { None }
    }

    /// The fields of a struct: `each` reads the value of a field, or passes it over. It is given the number of the field.
    pub fn fields(&mut self, each: &mut dyn FnMut(&mut Self, i64, Type) -> Option<()>) -> Option<()> {
        let mut id = 0_i64;
        loop {
            let header = self.byte()?;
            if header == 0 {
                return Some(());
            }
            id = match header >> 4 {
                0 => self.integer()?,
                delta => id.checked_add(i64::from(delta))?,
            };
            each(self, id, Type::of(header & 0x0f)?)?;
        }
    }

    /// The type and the count of the elements of a list, which follow.
    pub fn list(&mut self) -> Option<(Type, usize)> {
        let header = self.byte()?;
        let count = match header >> 4 {
            15 => usize::try_from(self.unsigned()?).ok()?,
            few => usize::from(few),
        };
        // Each element takes a byte at least.
        let rest = self.bytes.len().saturating_sub(self.at);
        // Of no elements some writers say no type.
        let of = if count == 0 { Type::Byte } else { Type::of(header & 0x0f)? };
        (count <= rest).then_some((of, count))
    }

    /// Passes a value over.
    pub fn pass_over(&mut self, of: Type) -> Option<()> {
        self.pass_over_to(of, DEEPEST, false)
    }

    fn pass_over_to(&mut self, of: Type, depth: usize, in_list: bool) -> Option<()> {
        let deeper = depth.checked_sub(1)?;
        match of {
            // Of a field the type says which; in a list each is a byte.
            Type::True | Type::False if !in_list => Some(()),
            Type::True | Type::False | Type::Byte => self.pass(1),
            Type::Integer => self.integer().map(|_| ()),
            Type::Double => self.pass(8),
            Type::Uuid => self.pass(16),
            Type::Binary => {
                let length = usize::try_from(self.unsigned()?).ok()?;
                self.pass(length)
            }
            Type::List => {
                let (of, count) = self.list()?;
                (0..count).try_for_each(|_| self.pass_over_to(of, deeper, true))
            }
            Type::Map => {
                let count = self.unsigned()?;
                if count == 0 {
                    return Some(());
                }
                let types = self.byte()?;
                let (key, value) = (Type::of(types >> 4)?, Type::of(types & 0x0f)?);
                (0..count).try_for_each(|_| {
                    self.pass_over_to(key, deeper, true)?;
                    self.pass_over_to(value, deeper, true)
                })
            }
            Type::Struct => self.fields(&mut |thrift, _, of| thrift.pass_over_to(of, deeper, false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_and_others_passed_over() {
        // 1: 150 (i32), 3: "ab", 4: [1, 2] (i32), 25: true, 26: -1 (i64)
        let bytes = [0x15, 0xac, 0x02, 0x28, 2, b'a', b'b', 0x19, 0x25, 2, 4, 0x01, 50, 0x16, 1, 0];
        let mut found = Vec::new();
        let mut thrift = Thrift::new(&bytes);
        thrift
            .fields(&mut |thrift, id, of| {
                found.push((id, of));
                match id {
                    1 => assert_eq!(thrift.number(of), Some(150)),
                    26 => assert_eq!(thrift.number(of), Some(-1)),
                    _ => return thrift.pass_over(of),
                }
                Some(())
            })
            .unwrap();
        let expected = [(1, Type::Integer), (3, Type::Binary), (4, Type::List), (25, Type::True), (26, Type::Integer)];
        assert_eq!(found, expected);
        assert_eq!(thrift.position(), bytes.len());
    }

    #[test]
    fn lists_that_are_longer_than_the_file_and_endless_nesting_are_refused() {
        assert_eq!(Thrift::new(&[0xf5, 0xff, 0xff, 0xff, 0xff, 0x0f]).list(), None);
        assert_eq!(Thrift::new(&[0x1c; 1000]).pass_over(Type::Struct), None);
        assert_eq!(Thrift::new(&[0x19; 1000]).pass_over(Type::List), None);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for of in (1..14).filter_map(Type::of) {
                let mut thrift = Thrift::new(&bytes);
                let _ = thrift.pass_over(of);
                prop_assert!(thrift.position() <= bytes.len());
            }
        }
    }
}
