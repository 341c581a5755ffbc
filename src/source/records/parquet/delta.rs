//! Lengths of texts that are packed as differences (`DELTA_BINARY_PACKED`): how many there are, and where they end.
//!
//! The decoders of the crate `parquet` make room for as many lengths as the bytes say, so that is looked at before.

/// Where packed whole numbers end, if they are no more than so many. `None` if they are, or are not packed so.
pub(super) fn end(bytes: &[u8], most: usize) -> Option<usize> {
    let mut at = 0_usize;
    let block = size(bytes, &mut at)?;
    let parts = size(bytes, &mut at)?;
    let count = size(bytes, &mut at).filter(|count| *count <= most)?;
    size(bytes, &mut at)?;
    let values = block.checked_div(parts).filter(|values| *values > 0)?;
    let mut left = count.saturating_sub(1);
    while left > 0 {
        // The least difference, how many bits each part of the block takes a number, and the parts.
        size(bytes, &mut at)?;
        let behind = at.checked_add(parts)?;
        let widths = bytes.get(at..behind)?;
        at = behind;
        for width in widths {
            if left == 0 {
                break;
            }
            at = at.checked_add(usize::from(*width).checked_mul(values)?.checked_div(8)?)?;
            left = left.saturating_sub(values);
        }
    }
    (at <= bytes.len()).then_some(at)
}

/// A whole number of up to 64 bits.
fn size(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at = at.saturating_add(1);
        number |= u64::from(byte & 0x7f).wrapping_shl(shift);
        if byte & 0x80 == 0 {
            return usize::try_from(number).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_end_where_their_parts_do() {
        // Blocks of 128 in 4 parts; 5 numbers, the first of which is 7; differences of 3 bits in the first part.
        let five = [0x80, 1, 4, 5, 14, 0, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        assert_eq!(end(&five, 5), Some(22));
        assert_eq!(end(&five, 4), None);
        assert_eq!(end(&five[..20], 5), None);
        // A single number has no block.
        assert_eq!(end(&[0x80, 1, 4, 1, 14], 1), Some(5));
        // Billions of numbers in a few bytes.
        assert_eq!(end(&[0x80, 1, 4, 0xff, 0xff, 0xff, 0xff, 0x0f, 14], 1 << 20), None);
        assert_eq!(end(&[0x80, 1, 0, 5, 14], 5), None);
    }
}
