//! Unpacking pages: as many bytes as their header says, and never more.

use flate2::read::MultiGzDecoder;
use parquet::basic::CompressionCodec;
use std::io::Read;

/// The codecs that are unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Plain,
    Snappy,
    Gzip,
    Zstd,
    Lz4,
}

impl Codec {
    /// The codec of a column; the name of one that is not unpacked.
    pub fn of(codec: CompressionCodec) -> Result<Self, &'static str> {
        Ok(match codec {
            CompressionCodec::UNCOMPRESSED => Self::Plain,
            CompressionCodec::SNAPPY => Self::Snappy,
            CompressionCodec::GZIP => Self::Gzip,
            CompressionCodec::ZSTD => Self::Zstd,
            CompressionCodec::LZ4_RAW => Self::Lz4,
            CompressionCodec::LZ4 => return Err("LZ4 in the framing of Hadoop"),
            CompressionCodec::BROTLI => return Err("Brotli"),
            CompressionCodec::LZO => return Err("LZO"),
        })
    }

    /// The bytes that were packed, which are so many. `None` if they are not.
    pub fn unpack(self, packed: &[u8], size: usize) -> Option<Vec<u8>> {
        // A page without a value may be packed into nothing.
        if size == 0 {
            return Some(Vec::new());
        }
        let unpacked = match self {
            Self::Plain => packed.to_vec(),
            Self::Snappy => {
                if snap::raw::decompress_len(packed).ok()? != size {
                    return None;
                }
                snap::raw::Decoder::new().decompress_vec(packed).ok()?
            }
            Self::Gzip => {
                let mut unpacked = Vec::new();
                let most = u64::try_from(size).ok()?.saturating_add(1);
                MultiGzDecoder::new(packed).take(most).read_to_end(&mut unpacked).ok()?;
                unpacked
            }
            Self::Zstd => zstd::bulk::decompress(packed, size).ok()?,
            Self::Lz4 => lz4_flex::block::decompress(packed, size).ok()?,
        };
        (unpacked.len() == size).then_some(unpacked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_page_is_what_its_header_says_or_nothing() {
        let page = b"a page of many, many, many, many, many bytes".repeat(100);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&page).unwrap();
        for (codec, packed) in [
            (Codec::Plain, page.clone()),
            (Codec::Snappy, snap::raw::Encoder::new().compress_vec(&page).unwrap()),
            (Codec::Gzip, gzip.finish().unwrap()),
            (Codec::Zstd, zstd::bulk::compress(&page, 1).unwrap()),
            (Codec::Lz4, lz4_flex::block::compress(&page)),
        ] {
            assert_eq!(codec.unpack(&packed, page.len()), Some(page.clone()), "{codec:?}");
            assert_eq!(codec.unpack(&packed, page.len() - 1), None, "{codec:?}");
            assert_eq!(codec.unpack(&packed, page.len() + 1), None, "{codec:?}");
            assert_eq!(codec.unpack(&packed[..packed.len() / 2], page.len()), None, "{codec:?}");
        }
    }
}
