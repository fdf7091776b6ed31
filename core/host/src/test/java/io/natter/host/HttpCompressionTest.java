package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCompressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | GZIP",
                "deflate, gzip | DEFLATE",
                "gzip, deflate, br | GZIP",
                "gzip;q=0.1, deflate;q=0.9 | DEFLATE",
                "gzip;q=0, deflate | DEFLATE",
                "br | ",
                "identity | ",
                "gzip;q=0 | ",
                "gzip;q=x | ",
                "* | GZIP",
                "'' | ",
            })
    void followsTheClientsWeights(String header, HttpCompression expected) {
        assertThat(HttpCompression.preferred(header)).isEqualTo(expected);
    }

    @Test
    void isNoneWithoutAHeader() {
        assertThat(HttpCompression.preferred(null)).isNull();
    }
}
