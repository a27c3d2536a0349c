// Signatures on P-256, checked by OpenSSL's libcrypto, which is opened when a key of that kind is first used.
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static inline void *fs_crypto_library(void) {
  static void *library;
  if (library) return library;
#ifdef __APPLE__
  // The system's own ends a program that opens it.
  const char *names[] = {"/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"};
#else
  const char *names[] = {"libcrypto.so.3", "libcrypto.so.1.1"};
#endif
  for (int i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  return library;
}

// The DER form of a signature (RFC 3279, section 2.2.3) from r and s of 32 bytes each (RFC 7518, section 3.4). At most 72 bytes.
static inline size_t fs_signature_der(const unsigned char *raw, unsigned char *der) {
  size_t size = 2;
  for (int half = 0; half < 2; half++) {
    const unsigned char *number = raw + 32 * half;
    size_t skip = 0;
    while (skip < 31 && number[skip] == 0) skip++;
    size_t zero = number[skip] >> 7;
    der[size++] = 0x02;
    der[size++] = (unsigned char)(32 - skip + zero);
    if (zero) der[size++] = 0;
    memcpy(der + size, number + skip, 32 - skip);
    size += 32 - skip;
  }
  der[0] = 0x30;
  der[1] = (unsigned char)(size - 2);
  return size;
}

// Whether a signature (r and s, 64 bytes) with SHA-256 is that of a public key (PEM) on P-256.
// 1: it is; 0: it is not; -1: this is no such key; -2: there is no libcrypto.
static inline int fs_verify_es256(const char *pem, size_t pem_size, const unsigned char *message, size_t size, const unsigned char *raw) {
  void *library = fs_crypto_library();
  if (!library) return -2;
  void *(*bio_new)(const void *, int) = (void *(*)(const void *, int))dlsym(library, "BIO_new_mem_buf");
  int (*bio_free)(void *) = (int (*)(void *))dlsym(library, "BIO_free");
  void *(*read_key)(void *, void **, void *, void *) = (void *(*)(void *, void **, void *, void *))dlsym(library, "PEM_read_bio_PUBKEY");
  void (*key_free)(void *) = (void (*)(void *))dlsym(library, "EVP_PKEY_free");
  int (*key_bits)(const void *) = (int (*)(const void *))dlsym(library, "EVP_PKEY_get_bits");
  if (!key_bits) key_bits = (int (*)(const void *))dlsym(library, "EVP_PKEY_bits");
  void *(*context_new)(void) = (void *(*)(void))dlsym(library, "EVP_MD_CTX_new");
  void (*context_free)(void *) = (void (*)(void *))dlsym(library, "EVP_MD_CTX_free");
  const void *(*sha256)(void) = (const void *(*)(void))dlsym(library, "EVP_sha256");
  int (*start)(void *, void **, const void *, void *, void *) =
      (int (*)(void *, void **, const void *, void *, void *))dlsym(library, "EVP_DigestVerifyInit");
  int (*verify)(void *, const unsigned char *, size_t, const unsigned char *, size_t) =
      (int (*)(void *, const unsigned char *, size_t, const unsigned char *, size_t))dlsym(library, "EVP_DigestVerify");
  if (!bio_new || !bio_free || !read_key || !key_free || !key_bits || !context_new || !context_free || !sha256 || !start || !verify) return -2;
  void *bio = bio_new(pem, (int)pem_size);
  void *key = bio ? read_key(bio, NULL, NULL, NULL) : NULL;
  if (bio) bio_free(bio);
  if (!key) return -1;
  int result = -1;
  if (key_bits(key) == 256) {
    unsigned char der[80];
    void *context = context_new();
    result = context && start(context, NULL, sha256(), NULL, key) == 1
             && verify(context, der, fs_signature_der(raw, der), message, size) == 1;
    context_free(context);
  }
  key_free(key);
  return result;
}
