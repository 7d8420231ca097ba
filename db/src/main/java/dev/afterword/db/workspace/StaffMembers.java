package dev.afterword.db.workspace;

import java.util.UUID;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;
import reactor.core.publisher.Mono;

/** All staff of the installation. */
public interface StaffMembers extends Repository<Staff, UUID> {
    Mono<Staff> save(Staff staff);

    Mono<Staff> findById(UUID id);

    @Query("select * from staff where lower(email) = lower(trim(:email))")
    Mono<Staff> findByAddress(String email);

    Mono<Long> count();
}
