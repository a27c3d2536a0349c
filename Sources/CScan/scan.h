// Looks at 16 bytes at a time, with the instructions that every x86-64 processor has. Each function may read up to 16 bytes past what
// it looks for. Other processors use the code in Swift.
#ifdef __x86_64__
#include <emmintrin.h>
#include <stddef.h>
#include <stdint.h>

static inline __m128i fs_load(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }

// Whether `count` bytes are the same.
static inline int fs_same(const uint8_t *a, const uint8_t *b, size_t count) {
  while (count > 16) {
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(fs_load(a), fs_load(b))) != 0xFFFF) return 0;
    a += 16;
    b += 16;
    count -= 16;
  }
  unsigned differ = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(fs_load(a), fs_load(b)));
  return (differ & ((1u << count) - 1)) == 0;
}

// A bit for each of 16 bytes that is a digit.
static inline unsigned fs_digits(const uint8_t *p) {
  __m128i value = _mm_sub_epi8(fs_load(p), _mm_set1_epi8('0'));
  return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
}

// The byte after a JSON number of less than 16 characters without an exponent; NULL if there is anything else.
static inline const uint8_t *fs_number_end(const uint8_t *p) {
  p += *p == '-';
  unsigned digits = fs_digits(p);
  unsigned whole = (unsigned)__builtin_ctz(~digits);
  if (whole == 0 || whole >= 15 || (whole > 1 && *p == '0')) return NULL;
  if (p[whole] == '.') {
    unsigned fraction = (unsigned)__builtin_ctz(~(digits >> (whole + 1)));
    if (fraction == 0 || whole + 1 + fraction >= 16) return NULL;
    whole += 1 + fraction;
  }
  return (p[whole] | 0x20) == 'e' ? NULL : p + whole;
}

// The closing quote of a string of plain ASCII, from the byte after its opening quote; NULL if something in it needs care.
static inline const uint8_t *fs_string_end(const uint8_t *p) {
  for (;; p += 16) {
    __m128i text = fs_load(p);
    // As signed bytes, controls and what is beyond ASCII are less than a space.
    __m128i marks = _mm_or_si128(
      _mm_cmplt_epi8(text, _mm_set1_epi8(' ')),
      _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'))));
    unsigned found = (unsigned)_mm_movemask_epi8(marks);
    if (found == 0) continue;
    p += __builtin_ctz(found);
    return *p == '"' ? p : NULL;
  }
}

// A bit for each of 16 bytes that is a delimiter, a line feed or a quote.
static inline uint64_t fs_csv_marks_16(const uint8_t *p, __m128i delimiter) {
  __m128i text = fs_load(p);
  __m128i marks = _mm_or_si128(
    _mm_cmpeq_epi8(text, delimiter),
    _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(text, _mm_set1_epi8('"'))));
  return (uint64_t)(unsigned)_mm_movemask_epi8(marks);
}

// A bit for each of 64 bytes that is a delimiter, a line feed or a quote.
static inline uint64_t fs_csv_marks(const uint8_t *p, uint8_t delimiter) {
  __m128i wanted = _mm_set1_epi8((char)delimiter);
  return fs_csv_marks_16(p, wanted) | fs_csv_marks_16(p + 16, wanted) << 16 | fs_csv_marks_16(p + 32, wanted) << 32
    | fs_csv_marks_16(p + 48, wanted) << 48;
}
#endif
