package io.natter.chat.web.file;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.OpenFile;
import io.natter.chat.domain.file.Upload;
import io.natter.chat.domain.person.Person;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireFiles;
import io.natter.chat.wire.WireRequests;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/files`: uploads in parts, each with its offset, so that a broken one goes on where it was;
/// and `/files`: what came of them. Runs on a virtual thread and may block; what it throws is
/// answered by [HttpApi].
public final class FileApi {
    /// The most bytes of one part.
    public static final int MAX_PART = 1 << 20;

    private static final String SHAPE =
            "Send {\"token\": \"…\", \"name\": \"…\", \"size\": …} as JSON.";
    private static final String OFFSET = "upload-offset";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

    private final FileStore files;
    private final ApiRequests requests;
    private final Limits limits;

    public FileApi(FileStore files, ApiRequests requests, Limits limits) {
        this.files = files;
        this.requests = requests;
        this.limits = limits;
    }

    /// `POST {token, name, size}`: a new upload, or the one with this token.
    HttpApi.Answer begin(HttpApi.Call call) {
        WireRequests.NewFile asked = requests.read(call, WireRequests.NewFile.class, SHAPE);
        Person person = requests.session(call).person();
        if (asked.token() == null || asked.name() == null || asked.size() == null) {
            throw ChatError.badRequest(SHAPE).exception();
        }
        NewUpload upload = NewUpload.of(asked.token(), asked.name(), asked.size());
        limits.of(person.id()).require(PersonLimits.Kind.FILE);
        return state(files.begin(person, upload));
    }

    /// `GET`: how far an upload is.
    HttpApi.Answer state(HttpApi.Call call, String id) {
        return state(files.state(requests.session(call).person(), checked(id)));
    }

    /// `DELETE`: ends an upload.
    HttpApi.Answer cancel(HttpApi.Call call, String id) {
        requests.checkOwnPage(call.headers());
        files.cancel(requests.session(call).person(), checked(id));
        return new HttpApi.Answer(204, null, null);
    }

    /// The first half of `PATCH`, before its body is read: nobody without a session sends one.
    Person sender(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        return requests.session(call).person();
    }

    /// `PATCH` with `Upload-Offset`: the bytes from there on.
    HttpApi.Answer append(Person person, HttpApi.Call call, String id) {
        @Nullable String offset = call.headers().get(OFFSET);
        if (offset == null || !DIGITS.matcher(offset).matches()) {
            throw ChatError.badRequest("Send the header Upload-Offset.").exception();
        }
        return state(files.append(person, checked(id), Long.parseLong(offset), call.body()));
    }

    /// `GET /files/ID` and `/files/ID/preview`.
    OpenFile open(HttpApi.Call call, String id, boolean preview) {
        return files.open(requests.session(call).person(), checked(id), preview);
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw ChatError.fileUnknown().exception();
        }
        return id;
    }

    private static HttpApi.Answer state(Upload upload) {
        return HttpApi.Answer.ok(WireFiles.state(upload), null);
    }
}
