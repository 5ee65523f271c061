import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.PostModtagApi;
import org.openapitools.client.model.Receipt;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;

public class Send {
    public static void main(String[] args) {
        SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
        connections.setBufferRequestBody(false);
        RestTemplate http = new RestTemplate(connections);
        http.getMessageConverters().add(0, new MemoFile());

        PostModtagApi postModtag = new PostModtagApi(new ApiClient(http).setBasePath(args[0]));
        try {
            Receipt receipt = postModtag.receiveMessage(new File(args[1]), UUID.randomUUID(), null);
            System.out.println(receipt.getReceiptStatus() + " " + receipt.getErrorCode());
        } catch (HttpStatusCodeException answer) {
            // No receipt: a problem (4xx), or send the same message again (408, 429, 503).
            System.out.println(answer.getRawStatusCode() + " " + answer.getResponseBodyAsString());
        }
    }

    /** Spring has no converter of its own for a file: the message goes out as its bytes are on the disk. */
    static final class MemoFile extends AbstractHttpMessageConverter<File> {
        MemoFile() {
            super(MediaType.APPLICATION_XML, MediaType.TEXT_XML);
        }

        @Override
        protected boolean supports(Class<?> type) {
            return type == File.class;
        }

        @Override
        public boolean canRead(Class<?> type, MediaType mediaType) {
            return false;
        }

        @Override
        protected File readInternal(Class<? extends File> type, HttpInputMessage input) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void writeInternal(File file, HttpOutputMessage output) throws IOException {
            Files.copy(file.toPath(), output.getBody());
        }
    }
}
