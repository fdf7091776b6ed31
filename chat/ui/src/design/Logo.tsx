/** The mark: a speech bubble that is an n. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <path
        class="logo-bubble"
        d="M32 5C15.900 5 4 15.800 4 30.500c0 8.700 4.200 16 10.900 20.600L13 61l12.600-6c2.100.4 4.200.6 6.400.6 16.100 0 28-10.500 28-25.100S48.100 5 32 5z"
      />
      <path class="logo-n" d="M21 42V20 M21 31c0-6.500 4.500-10.500 11-10.500S43 24.500 43 31v11" />
      <circle class="logo-dot" cx="51" cy="13" r="8" />
    </svg>
  );
}
