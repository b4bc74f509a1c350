#ifndef PHRASES_H
#define PHRASES_H
#include <QAbstractSocket>

/** La phrase d'une erreur du réseau, avec ce qu'il reste à faire. */
QString phrase(QAbstractSocket::SocketError erreur);
#endif // PHRASES_H
