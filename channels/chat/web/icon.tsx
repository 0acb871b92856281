import MessagesSquare from 'lucide-react/icons/messages-square';

export const icon = MessagesSquare;
