package dev.afterword.db.workspace;

import java.util.UUID;
import org.springframework.data.repository.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All workspaces of the installation. */
public interface Workspaces extends Repository<Workspace, UUID> {
    Mono<Workspace> save(Workspace workspace);

    Mono<Workspace> findById(UUID id);

    Mono<Workspace> findByCode(String code);

    Flux<Workspace> findAll();
}
