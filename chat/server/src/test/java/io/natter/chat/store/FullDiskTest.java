package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.person.Person;
import org.junit.jupiter.api.Test;

/// A disk that has room for messages, but not for files.
class FullDiskTest extends StoreTest {
    @Override
    protected StoreSettings settings() {
        return StoreSettings.DEFAULT.withFileReserve(Long.MAX_VALUE);
    }

    @Test
    void filesAreRefusedAndMessagesAreStored() {
        Person ann = guest("Ann");
        assertThatThrownBy(() -> store.files().begin(ann, NewUpload.of("t", "a", 1)))
                .hasMessageContaining("disk_full");
        assertThat(post(ann, "c1").seq()).isEqualTo(1);
    }
}
