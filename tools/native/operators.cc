// C++'s operators for memory, for a Mac's binding: zig's own library would export its, and macOS puts one that is exported like that in the place of every
// other library's. Compiled with -fvisibility-global-new-delete=force-hidden these come first and are seen by nobody else.
#include <cstddef>
#include <cstdlib>
#include <new>

static void *allocate(std::size_t bytes, std::size_t alignment) {
  void *place = nullptr;
  if (alignment < sizeof(void *)) alignment = sizeof(void *);
  if (posix_memalign(&place, alignment, bytes == 0 ? 1 : bytes) != 0) throw std::bad_alloc();
  return place;
}

void *operator new(std::size_t bytes) { return allocate(bytes, alignof(std::max_align_t)); }
void *operator new[](std::size_t bytes) { return allocate(bytes, alignof(std::max_align_t)); }
void *operator new(std::size_t bytes, std::align_val_t alignment) { return allocate(bytes, std::size_t(alignment)); }
void *operator new[](std::size_t bytes, std::align_val_t alignment) { return allocate(bytes, std::size_t(alignment)); }
void operator delete(void *place) noexcept { std::free(place); }
void operator delete[](void *place) noexcept { std::free(place); }
void operator delete(void *place, std::size_t) noexcept { std::free(place); }
void operator delete[](void *place, std::size_t) noexcept { std::free(place); }
void operator delete(void *place, std::align_val_t) noexcept { std::free(place); }
void operator delete[](void *place, std::align_val_t) noexcept { std::free(place); }
void operator delete(void *place, std::size_t, std::align_val_t) noexcept { std::free(place); }
void operator delete[](void *place, std::size_t, std::align_val_t) noexcept { std::free(place); }
