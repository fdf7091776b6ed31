package io.natter.chat.domain.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.ChatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "Admin",
                "ADMIN",
                "A d m i n",
                "ad-min",
                "_admin_",
                "Ádmin",
                "аdmin",
                "adm1n",
                "@dmin",
                "admın",
                "ADMlN",
                "ᴀᴅᴍɪɴ",
                "Ａdmin",
                "Administrator",
                "System",
                "ѕуѕtеm",
                "Natter",
                "server",
                "Moderator",
                "r00t",
                "everyone",
                "here",
                "all",
                "4ll"
            })
    void nobodySpeaksForTheServerOrForEverybody(String typed) {
        assertThatThrownBy(() -> PersonName.of(typed))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        e -> {
                            assertThat(e.error().code()).isEqualTo("name_reserved");
                            assertThat(e.error().permanent()).isTrue();
                        });
    }

    @Test
    void namesThatOnlyContainSuchAWordAreFree() {
        for (String name : new String[] {"Adminah", "Sally", "Heremod", "Allen", "Rooty"}) {
            assertThat(PersonName.of(name).shown()).isEqualTo(name);
        }
    }
}
