package dev.afterword.web.demo;

import dev.afterword.web.StartProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The folder {@code .afterword} that holds all of a demo; one process at a time has it. */
final class DemoFolder {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DemoFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the folder where there is none, and takes it for this process. */
    static DemoFolder take(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            ownersOnly(path, "rwx------");
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartProblem("folder-taken", path);
            }
            return new DemoFolder(path, channel, lock);
        } catch (IOException e) {
            throw new StartProblem("folder-unusable", e, path, reason(e));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException && e.getMessage() != null
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    Path file(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** 32 random bytes in hexadecimal, made at the first call and kept in a file that only its owner reads. */
    String secret(String name) {
        var file = file(name);
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[32];
                new SecureRandom().nextBytes(bytes);
                write(file, HexFormat.of().formatHex(bytes) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartProblem("folder-unusable", e, path, reason(e));
        }
    }

    /** Writes a file that only its owner reads; whole or not at all. */
    static void write(Path file, String text) {
        try {
            var beside = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(beside);
            Files.createFile(beside);
            ownersOnly(beside, "rw-------");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ownersOnly(Path file, String permissions) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    void release() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
