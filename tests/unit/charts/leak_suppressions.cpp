// What the font libraries keep until the process ends is theirs, and no leak of ours.

extern "C" const char*
__lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier): LeakSanitizer's

const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig.so\nleak:libpango\nleak:libcairo\n";
}
