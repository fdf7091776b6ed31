let context: AudioContext | undefined;

/** Plays two short notes. Resolves with false when the browser allows no sound yet. */
export async function playChime(): Promise<boolean> {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 500))]);
    if (context.state !== 'running') return false;
    note(context, 660, 0);
    note(context, 880, 0.11);
    return true;
  } catch {
    return false;
  }
}

function note(audio: AudioContext, frequency: number, after: number): void {
  const begin = audio.currentTime + after;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.12, begin + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.28);
  tone.connect(volume).connect(audio.destination);
  tone.start(begin);
  tone.stop(begin + 0.3);
}
