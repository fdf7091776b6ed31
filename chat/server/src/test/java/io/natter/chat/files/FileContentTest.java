package io.natter.chat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.file.FileTypes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads as people and attackers send them.
class FileContentTest {
    @TempDir Path directory;

    private FileContent.Made make(byte[] content) throws IOException {
        return make(new FileContent(), content);
    }

    private FileContent.Made make(FileContent checks, byte[] content) throws IOException {
        Path upload = directory.resolve("upload");
        Files.write(upload, content);
        return checks.make("photo.png", upload, target(), directory.resolve("preview"));
    }

    private Path target() {
        return directory.resolve("target");
    }

    private String bytes() throws IOException {
        return Files.readString(target(), StandardCharsets.ISO_8859_1);
    }

    private BufferedImage image(String name) throws IOException {
        File file = directory.resolve(name).toFile();
        return ImageIO.read(file);
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg", "gif, image/gif"})
    void imagesKeepSizeAndFormat(String format, String type) throws Exception {
        assertThat(make(TestImages.of(format, 60, 40)))
                .isEqualTo(new FileContent.Made("photo.png", type, 60, 40, false));
        assertThat(image("target").getWidth()).isEqualTo(60);
        assertThat(new Color(image("target").getRGB(5, 5)).getRed()).isGreaterThan(200);
    }

    @Test
    void webpBecomesAFormatThatCanBeWritten() throws Exception {
        FileContent.Made made = make(TestImages.WEBP);
        assertThat(made).isEqualTo(new FileContent.Made("photo.jpg", "image/jpeg", 1, 1, false));
        assertThat(bytes()).startsWith("\u00ff\u00d8\u00ff");
    }

    @Test
    void exifIsGoneAndTheImageIsUpright() throws Exception {
        FileContent.Made made = make(TestImages.jpegWithExif(60, 40));
        assertThat(made.width()).isEqualTo(40);
        assertThat(made.height()).isEqualTo(60);
        assertThat(bytes()).doesNotContain("Exif").doesNotContain("SECRET-PLACE");
        // The left side is on top.
        assertThat(new Color(image("target").getRGB(20, 5)).getRed()).isGreaterThan(200);
        assertThat(new Color(image("target").getRGB(20, 55)).getBlue()).isGreaterThan(200);
    }

    @Test
    void textsInAPngAreGone() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
        IIOMetadataNode texts = new IIOMetadataNode("tEXt");
        IIOMetadataNode text = new IIOMetadataNode("tEXtEntry");
        text.setAttribute("keyword", "Author");
        text.setAttribute("value", "SECRET-AUTHOR");
        texts.appendChild(text);
        root.appendChild(texts);
        metadata.mergeTree("javax_imageio_png_1.0", root);
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
        }
        byte[] png = out.toByteArray();
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).contains("SECRET-AUTHOR");
        assertThat(make(png).type()).isEqualTo(FileTypes.PNG);
        assertThat(bytes()).doesNotContain("SECRET-AUTHOR");
    }

    @Test
    void aGifKeepsItsFramesOnly() throws Exception {
        assertThat(make(TestImages.gifWithPage()).type()).isEqualTo(FileTypes.GIF);
        assertThat(bytes()).doesNotContain("SECRET").endsWith(";");
        assertThat(image("target").getWidth()).isEqualTo(20);
    }

    @Test
    void aLargeImageGetsAPreview() throws Exception {
        assertThat(make(TestImages.of("png", 3000, 1000)).preview()).isTrue();
        assertThat(image("preview").getWidth()).isEqualTo(1200);
        assertThat(image("preview").getHeight()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000", "2147483647, 1", "6500, 6500"})
    void aBombIsRefusedBeforeItIsDecoded(int width, int height) {
        assertThatThrownBy(() -> make(TestImages.pngBomb(width, height)))
                .hasMessageContaining("image_too_large");
    }

    @Test
    void aFrameOfAGifCanBeNoBomb() {
        byte[] gif = TestImages.of("gif", 20, 10);
        int frame = new String(gif, StandardCharsets.ISO_8859_1).lastIndexOf(",\0\0\0\0");
        for (int i = 5; i < 9; i++) {
            gif[frame + i] = (byte) 0xff;
        }
        assertThatThrownBy(() -> make(gif)).hasMessageContaining("image_");
    }

    @Test
    void thePixelsThatThereIsNoMemoryForAreRefused() {
        assertThatThrownBy(() -> make(new FileContent(100), TestImages.of("png", 11, 10)))
                .hasMessageContaining("image_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void whatOnlyBeginsAsAnImageIsRefused(String format) {
        byte[] start = java.util.Arrays.copyOf(TestImages.of(format, 60, 40), 30);
        assertThatThrownBy(() -> make(start)).hasMessageContaining("image_broken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<!doctype html><script>alert(1)</script>",
                "%PDF-1.7",
                "GIF8<script>",
                "\u0000\u0000\u0000\u0018ftypheic",
                "hello",
                "x"
            })
    void allElseIsADownload(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(make(bytes))
                .isEqualTo(new FileContent.Made("photo.png", FileTypes.OTHER, 0, 0, false));
        assertThat(Files.readAllBytes(target())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0000001866747970 69736f6d00000000; video/mp4",
                "1a45dfa39f4286810142f7810142f2810442f381084282847765626d; video/webm",
                "1a45dfa39f4286810142f7810142f28104; application/octet-stream",
                "494433040000; audio/mpeg",
                "fffb9064000000; audio/mpeg",
                "fffbf064; application/octet-stream",
            })
    void filmsAndSoundsAreToldByTheirFirstBytes(String hex, String type) throws Exception {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(make(bytes).type()).isEqualTo(type);
    }
}
