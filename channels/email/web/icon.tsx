import Mail from 'lucide-react/icons/mail';

export const icon = Mail;
