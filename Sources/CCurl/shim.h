// libcurl, opened when it is first needed: with the libraries that it needs itself, to load it takes more than half of the time in which a
// tool starts that then fetches nothing.
//
// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call: one typed form for each kind
// of argument.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __APPLE__
#define FS_CURL_LIBRARY "libcurl.4.dylib"
#else
#define FS_CURL_LIBRARY "libcurl.so.4"
#endif

// A function of libcurl. Without the library there is nothing that a tool could do that wants it.
static inline void *fs_curl_symbol(const char *name) {
  void *library = dlopen(FS_CURL_LIBRARY, RTLD_NOW | RTLD_GLOBAL);
  void *symbol = library ? dlsym(library, name) : NULL;
  if (symbol) return symbol;
  fprintf(stderr, "finstage: %s cannot be used (install libcurl, on Debian the package libcurl4): %s\n", FS_CURL_LIBRARY, dlerror());
  exit(69);
}

#define FS_CURL(name, type, parameters, arguments)                                      \
  static inline type fs_##name parameters {                                             \
    static type(*function) parameters;                                                  \
    if (!function) function = (type(*) parameters)fs_curl_symbol(#name);                \
    return function arguments;                                                          \
  }

FS_CURL(curl_global_init, CURLcode, (long flags), (flags))
FS_CURL(curl_easy_init, CURL *, (void), ())
FS_CURL(curl_easy_cleanup, void, (CURL *handle), (handle))
FS_CURL(curl_easy_send, CURLcode, (CURL *handle, const void *bytes, size_t size, size_t *count), (handle, bytes, size, count))
FS_CURL(curl_easy_recv, CURLcode, (CURL *handle, void *bytes, size_t size, size_t *count), (handle, bytes, size, count))
FS_CURL(curl_easy_perform, CURLcode, (CURL *handle), (handle))
FS_CURL(curl_easy_reset, void, (CURL *handle), (handle))
FS_CURL(curl_easy_strerror, const char *, (CURLcode code), (code))
FS_CURL(curl_getdate, time_t, (const char *text, const time_t *unused), (text, unused))
FS_CURL(curl_multi_init, CURLM *, (void), ())
FS_CURL(curl_multi_cleanup, CURLMcode, (CURLM *multi), (multi))
FS_CURL(curl_multi_add_handle, CURLMcode, (CURLM *multi, CURL *handle), (multi, handle))
FS_CURL(curl_multi_remove_handle, CURLMcode, (CURLM *multi, CURL *handle), (multi, handle))
FS_CURL(curl_multi_info_read, CURLMsg *, (CURLM *multi, int *left), (multi, left))
FS_CURL(curl_multi_perform, CURLMcode, (CURLM *multi, int *running), (multi, running))
FS_CURL(curl_multi_poll, CURLMcode, (CURLM *multi, struct curl_waitfd *more, unsigned int count, int milliseconds, int *ready),
        (multi, more, count, milliseconds, ready))
FS_CURL(curl_multi_wakeup, CURLMcode, (CURLM *multi), (multi))
FS_CURL(curl_slist_append, struct curl_slist *, (struct curl_slist *list, const char *text), (list, text))
FS_CURL(curl_slist_free_all, void, (struct curl_slist *list), (list))

typedef CURLcode (*fs_curl_setopt_function)(CURL *, CURLoption, ...);
typedef CURLcode (*fs_curl_getinfo_function)(CURL *, CURLINFO, ...);
typedef CURLMcode (*fs_curl_multi_setopt_function)(CURLM *, CURLMoption, ...);

static inline fs_curl_setopt_function fs_curl_setopt(void) {
  static fs_curl_setopt_function function;
  if (!function) function = (fs_curl_setopt_function)fs_curl_symbol("curl_easy_setopt");
  return function;
}

static inline fs_curl_getinfo_function fs_curl_getinfo(void) {
  static fs_curl_getinfo_function function;
  if (!function) function = (fs_curl_getinfo_function)fs_curl_symbol("curl_easy_getinfo");
  return function;
}

static inline fs_curl_multi_setopt_function fs_curl_multi_setopt(void) {
  static fs_curl_multi_setopt_function function;
  if (!function) function = (fs_curl_multi_setopt_function)fs_curl_symbol("curl_multi_setopt");
  return function;
}


static inline CURLcode fs_curl_set_long(CURL *handle, CURLoption option, long value) {
  return fs_curl_setopt()(handle, option, value);
}

static inline CURLcode fs_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return fs_curl_setopt()(handle, option, value);
}

static inline CURLcode fs_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return fs_curl_setopt()(handle, option, value);
}

// The write and the header callback have the same form.
static inline CURLcode fs_curl_set_receiver(CURL *handle, CURLoption option,
                                            size_t (*callback)(char *, size_t, size_t, void *)) {
  return fs_curl_setopt()(handle, option, callback);
}

// Called about once a second while a transfer is under way; anything but 0 ends it.
static inline CURLcode fs_curl_set_progress(CURL *handle, int (*callback)(void *, curl_off_t, curl_off_t, curl_off_t,
                                                                          curl_off_t)) {
  return fs_curl_setopt()(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

static inline CURLcode fs_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return fs_curl_getinfo()(handle, info, value);
}

static inline CURLcode fs_curl_get_string(CURL *handle, CURLINFO info, char **value) {
  return fs_curl_getinfo()(handle, info, value);
}

static inline CURLcode fs_curl_get_socket(CURL *handle, CURLINFO info, curl_socket_t *value) {
  return fs_curl_getinfo()(handle, info, value);
}

static inline CURLMcode fs_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return fs_curl_multi_setopt()(multi, option, value);
}

// The result of a transfer that is done: it lies in a union.
static inline CURLcode fs_curl_result(const CURLMsg *message) { return message->data.result; }
