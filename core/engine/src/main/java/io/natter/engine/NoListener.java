package io.natter.engine;

/// Hears for a session that has no listener yet.
final class NoListener implements EngineListener {
    static final EngineListener INSTANCE = new NoListener();

    private NoListener() {}

    @Override
    public void text(byte[] buffer, int from, int to) {}

    @Override
    public void binary(byte[] data) {}

    @Override
    public void closed(CloseReason reason, String detail) {}
}
